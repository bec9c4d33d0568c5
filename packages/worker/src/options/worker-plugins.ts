import type { WorkerOptions, WorkerPlugin } from './worker-options.ts';

/** A plugin given to the connection serves its workers too. */
export function workerPlugins({
  connection,
  plugins = [],
}: Pick<WorkerOptions, 'connection' | 'plugins'>): WorkerPlugin[] {
  const hooks = ['configureWorker', 'configureBundler', 'runWorker'];
  const ofConnection = (connection?.plugins ?? []).filter((plugin) => hooks.some((hook) => hook in plugin));
  return [...new Set([...ofConnection, ...plugins])];
}
