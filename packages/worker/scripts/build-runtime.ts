/** Part of the build of this package: makes the script that isolates run before user code, from what was just compiled. */
import { buildRuntimeScript } from '../dist/isolate/runtime-script.js';

buildRuntimeScript();
