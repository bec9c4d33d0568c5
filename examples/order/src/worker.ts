import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@reprise/worker';
import { createActivities } from './activities.ts';
import { Ledger } from './ledger.ts';

const address = process.env['ORDER_SERVER'] ?? 'localhost:7233';
const ledger = new Ledger(process.env['ORDER_LEDGER'] ?? 'ledger.jsonl');

const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue: 'orders',
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
  activities: createActivities(ledger),
  // How long a task waits for the worker that knows its workflow, before any worker may take it.
  stickyQueueScheduleToStartTimeout: '1 second',
});
console.log('worker ready');
await worker.run();
await connection.close();
