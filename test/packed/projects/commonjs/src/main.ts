import { Client, Connection } from '@reprise/client';
import { NativeConnection, Worker } from '@reprise/worker';
import * as activities from './activities.js';
import { values } from './entries.js';
import { approve, hello } from './workflows.js';

async function main(): Promise<void> {
  const address = process.argv[2] ?? 'localhost:7233';
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue: 'packed',
    workflowsPath: require.resolve('./workflows'),
    activities,
  });
  const client = new Client({ connection });
  const result = await worker.runUntil(async () => {
    const options = { taskQueue: 'packed', workflowId: 'packed-commonjs', args: ['World'] as [string] };
    const handle = await client.workflow.start(hello, options);
    await handle.signal(approve, 'Ada');
    return await handle.result();
  });
  await connection.close();
  await nativeConnection.close();
  console.log(result, values.length);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
