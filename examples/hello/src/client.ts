import { Client, Connection } from '@reprise/client';
import { approve, hello } from './workflows.ts';

const connection = await Connection.connect({ address: 'localhost:7233' });
const client = new Client({ connection });
const handle = await client.workflow.start(hello, {
  taskQueue: 'hello',
  workflowId: `hello-${Date.now()}`,
  args: ['World'],
});
await handle.signal(approve, 'Ada');
console.log(await handle.result());
await connection.close();
