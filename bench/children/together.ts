/** together.ts ADDRESS throughput|latency COUNT: worker and client of one SDK in one process, workflows with one activity. */
import { median, report } from '../measure.ts';
import { loadClient, loadWorker, workflowFile } from './sdk.ts';

const [address = '', kind = 'throughput', count = '300'] = process.argv.slice(2);
const concurrency = kind === 'latency' ? 1 : 64;
const taskQueue = `together-${process.pid}`;
const { Worker, NativeConnection } = await loadWorker();
const { Client, Connection } = await loadClient();
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowsPath: workflowFile('live.ts'),
  activities: { step: async (i: number) => i },
});
const running = worker.run();
const client = new Client({ connection: await Connection.connect({ address }) });
let started = 0;

async function runOne(): Promise<number> {
  const workflowId = `${taskQueue}-${started++}`;
  const startedMs = performance.now();
  const handle = await client.workflow.start('oneActivity', { taskQueue, workflowId, args: [1] });
  await handle.result();
  return performance.now() - startedMs;
}

async function runMany(total: number): Promise<number[]> {
  const latenciesMs: number[] = [];
  let left = total;
  const lane = async (): Promise<void> => {
    while (left-- > 0) latenciesMs.push(await runOne());
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return latenciesMs;
}

await runMany(Math.max(10, concurrency * 2));
const startedMs = performance.now();
const latenciesMs = await runMany(Number(count));
report({
  workflowsPerSecond: (latenciesMs.length * 1000) / (performance.now() - startedMs),
  latencyMs: median(latenciesMs),
});
worker.shutdown();
await running;
process.exit(0);
