/** live-worker.ts ADDRESS TASK_QUEUE WORKFLOWS: a worker until its standard input ends. */
import { loadWorker, workflowFile } from './sdk.ts';

const [address = '', taskQueue = '', workflows = ''] = process.argv.slice(2);
const { Worker, NativeConnection } = await loadWorker();
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowsPath: workflowFile(workflows),
  activities: { step: async (i: number) => i },
  maxCachedWorkflows: 10_000,
});
const running = worker.run();
console.log('READY');
process.stdin.resume();
process.stdin.on('end', () => worker.shutdown());
await running;
process.exit(0);
