/** Part of the build of this package: makes the script that isolates run before user code. */
import { buildRuntimeScript } from '../src/isolate/runtime-script.ts';

buildRuntimeScript();
