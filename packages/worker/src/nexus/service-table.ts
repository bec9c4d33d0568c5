import type { Untyped } from '@reprise/common';
import type { ServiceHandler } from 'nexus-rpc';

/** The services of a worker by name. @throws TypeError for what is no service handler, for one without a name, and for two of one name */
export function serviceTable(
  services: readonly ServiceHandler<Untyped>[],
): ReadonlyMap<string, ServiceHandler<Untyped>> {
  const table = new Map<string, ServiceHandler<Untyped>>();
  for (const service of services) {
    const name: unknown = (service as Partial<ServiceHandler> | undefined)?.definition?.name;
    if (typeof name !== 'string' || typeof service.getOperationHandler !== 'function') {
      throw new TypeError('Worker option nexusServices must hold what serviceHandler(...) of nexus-rpc makes');
    }
    if (name === '') throw new TypeError('Nexus services must have a non-empty name.');
    if (table.has(name)) throw new TypeError(`Duplicate registration of nexus service '${name}'`);
    table.set(name, service);
  }
  return table;
}
