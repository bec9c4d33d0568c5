import { Connection } from '@reprise/client';
import { expect, test } from 'vitest';
import type { WorkerPlugin } from './worker-options.ts';
import { workerPlugins } from './worker-plugins.ts';

test('plugins of the connection come first, each once, if they have something to do with workers', async () => {
  const ofBoth: WorkerPlugin = { name: 'both', configureWorker: (options) => options };
  const ofClient = { name: 'client', configureClient: (options: object) => options };
  const own: WorkerPlugin = { name: 'own' };
  const connection = Connection.lazy({ plugins: [ofBoth, ofClient] });
  expect(workerPlugins({ connection, plugins: [own, ofBoth] })).toEqual([ofBoth, own]);
  expect(workerPlugins({})).toEqual([]);
  await connection.close();
});
