/** A worker in a process of its own, at the server whose address is the argument; ends when its worker has stopped. */
import { NativeConnection, Worker } from '@reprise/worker';

const connection = await NativeConnection.connect({ address: process.argv[2] ?? '' });
const worker = await Worker.create({ connection, taskQueue: 'signals', activities: { ping: async () => 'pong' } });
const running = worker.run();
process.stdout.write('running\n');
await running;
await connection.close();
