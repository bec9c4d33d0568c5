import { report } from '../measure.ts';
import { loadWorker, workflowFile } from './sdk.ts';

const workflowsPath = workflowFile(process.argv[2] ?? 'hello.ts');
const { bundleWorkflowCode, DefaultLogger } = await loadWorker();
const logger = new DefaultLogger('ERROR');
const startedMs = performance.now();
const { code } = await bundleWorkflowCode({ workflowsPath, logger });
const coldMs = performance.now() - startedMs;
await bundleWorkflowCode({ workflowsPath, logger });
report({ coldMs, warmMs: performance.now() - startedMs - coldMs, kB: code.length / 1024 });
process.exit(0);
