import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@reprise/worker';
import * as activities from './activities.ts';

const connection = await NativeConnection.connect({ address: 'localhost:7233' });
const worker = await Worker.create({
  connection,
  taskQueue: 'hello',
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
  activities,
});
await worker.run();
