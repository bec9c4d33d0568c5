import type { RawWorkflowService } from '../connection.ts';
import type { LoadedBaseClientOptions } from '../client-options.ts';
import { PayloadStore } from './payload-store.ts';
import { storageTarget } from './storage-target.ts';

type Call = (request: object, ...more: unknown[]) => Promise<object>;

/** What a start brings for a worker, which retrieves its payloads itself. */
const forWorkers: ReadonlySet<string> = new Set(['eagerWorkflowTask']);

/** The calls of a client, with large payloads kept in its external storage. Without any, the service itself. */
export function storingService({
  connection,
  loadedDataConverter,
  namespace,
}: Pick<LoadedBaseClientOptions, 'connection' | 'loadedDataConverter' | 'namespace'>): RawWorkflowService {
  const service = connection.workflowService;
  const store = new PayloadStore(loadedDataConverter.externalStorage);
  if (!store.isConfigured) return service;
  return new Proxy(service, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function') return call;
      return async (request: object, ...more: unknown[]) => {
        await store.store(request, { target: storageTarget(request, namespace) });
        const response = await (call as Call).call(target, request, ...more);
        await store.retrieve(response, forWorkers);
        return response;
      };
    },
  });
}
