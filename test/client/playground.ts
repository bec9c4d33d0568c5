import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import type { ClientOptions } from '@reprise/client';
import { startServer } from '@reprise/server-lite';
import { Worker } from '@reprise/worker';
import { activities } from './activities.ts';

/** A server and a worker in this process, and a client. */
export interface Playground {
  readonly client: Client;
  readonly connection: Connection;
  readonly taskQueue: string;
  readonly worker: Worker | undefined;
  /** Options that name a workflow of its own. */
  ids(): { workflowId: string; taskQueue: string };
  /** Another client, with these options. */
  clientWith(options: ClientOptions): Client;
  close(): Promise<void>;
}

/** Starts a server and, unless told otherwise, a worker. */
export async function openPlayground({ withWorker = true } = {}): Promise<Playground> {
  const server = await startServer({ logLevel: 'error', searchAttributes: { Customer: 'Keyword' } });
  const connection = Connection.fromTransport(server.transport);
  const client = new Client({ connection });
  const taskQueue = `queue-${randomUUID()}`;
  const worker = withWorker
    ? await Worker.create({
        connection,
        taskQueue,
        workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
        activities,
      })
    : undefined;
  const running = worker?.run();
  return {
    client,
    connection,
    taskQueue,
    worker,
    ids: () => ({ workflowId: randomUUID(), taskQueue }),
    clientWith: (options) => new Client({ connection, ...options }),
    async close() {
      if (worker?.getState() === 'RUNNING') worker.shutdown();
      await running;
      await connection.close();
      await server.stop();
    },
  };
}
