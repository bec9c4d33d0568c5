// Runs hello once with the published client and worker: node src/hello.ts ADDRESS. Prints the result as JSON.
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { approve, hello } from './workflows.ts';

const address = process.argv[2];
if (address === undefined) throw new Error('expected the address of a server as the first argument');

Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { filter: 'OFF' } } });
const taskQueue = 'published-sdk';
const connection = await Connection.connect({ address });
const nativeConnection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection: nativeConnection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
  activities: { greet: async (name: string) => `Hello, ${name}!` },
});

const client = new Client({ connection });
const outcome = await worker.runUntil(async () => {
  const handle = await client.workflow.start(hello, { taskQueue, workflowId: 'hello-published', args: ['World'] });
  await handle.signal(approve, 'Ada');
  const result = await handle.result();
  const { status } = await handle.describe();
  const history = await handle.fetchHistory();
  return { result, status: status.name, eventCount: history.events?.length };
});
await nativeConnection.close();
await connection.close();
console.log(JSON.stringify(outcome));
process.exit(0);
