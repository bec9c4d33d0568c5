// A published worker that keeps no run between tasks: node src/fleet-worker.ts ADDRESS TASK_QUEUE. Ends with its input.
import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', taskQueue = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  identity: 'published',
  maxCachedWorkflows: 0,
  workflowsPath: fileURLToPath(new URL('fleet.ts', import.meta.url)),
  activities: {
    add: async (a: number, b: number) => a + b,
    refuse: async () => {
      throw ApplicationFailure.nonRetryable('no');
    },
  },
});
process.stdin.once('end', () => worker.shutdown()).resume();
console.log('ready');
await worker.run();
await connection.close();
process.exit(0);
