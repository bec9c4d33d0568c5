import { report } from '../measure.ts';
import { entryUrl } from './sdk.ts';

const url = entryUrl(process.argv[2] ?? 'worker');
const startedMs = performance.now();
await import(url);
report({ ms: performance.now() - startedMs });
process.exit(0);
