/** Where Nexus operations go: names that callers know, and the workers or addresses behind them. */
import type { temporal } from '@reprise/proto';
import { alreadyExists, failedPrecondition, notFound } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../time/clock.ts';
import type { Random } from '../random.ts';
import { openRecords, type Records } from '../records.ts';

export type EndpointSpec = temporal.api.nexus.v1.EndpointSpec;

export interface NexusEndpoint {
  readonly id: string;
  readonly version: number;
  readonly spec: EndpointSpec;
  readonly createdMs: number;
  readonly modifiedMs?: number | undefined;
}

export class NexusEndpoints {
  readonly #records: Records<NexusEndpoint>;
  readonly #random: Random;
  readonly #clock: Clock;
  readonly #byId = new Map<string, NexusEndpoint>();
  readonly #byName = new Map<string, NexusEndpoint>();

  constructor(options: { store: Store; random: Random; clock: Clock }) {
    this.#records = openRecords(options.store, 'nexusEndpoints');
    this.#random = options.random;
    this.#clock = options.clock;
    for (const { value } of this.#records.list()) this.#keep(value);
  }

  byName(name: string): NexusEndpoint | undefined {
    return this.#byName.get(name);
  }

  byId(id: string): NexusEndpoint | undefined {
    return this.#byId.get(id);
  }

  /** By id. */
  list(): NexusEndpoint[] {
    return [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** @throws ServiceError ALREADY_EXISTS */
  create(spec: EndpointSpec): NexusEndpoint {
    const name = spec.name ?? '';
    if (this.#byName.has(name)) {
      throw alreadyExists(`error creating Nexus endpoint. Endpoint with name ${name} already registered`);
    }
    const endpoint = { id: this.#random.uuid(), version: 1, spec, createdMs: this.#clock.now() };
    this.#put(endpoint);
    return endpoint;
  }

  /** @throws ServiceError NOT_FOUND, FAILED_PRECONDITION or ALREADY_EXISTS */
  update(id: string, version: number, spec: EndpointSpec): NexusEndpoint {
    const endpoint = this.#byId.get(id);
    if (!endpoint) throw notFound(`error updating Nexus endpoint. endpoint ID ${id} not found`);
    if (endpoint.version !== version) {
      throw failedPrecondition(`nexus endpoint version mismatch. received: ${version} expected ${endpoint.version}`);
    }
    const holder = this.#byName.get(spec.name ?? '');
    if (holder && holder.id !== id) {
      throw alreadyExists(`error updating Nexus endpoint. Endpoint with name ${spec.name} already registered`);
    }
    const updated = { ...endpoint, version: version + 1, spec, modifiedMs: this.#clock.now() };
    this.#byName.delete(endpoint.spec.name ?? '');
    this.#put(updated);
    return updated;
  }

  /** @throws ServiceError NOT_FOUND */
  delete(id: string): void {
    const endpoint = this.#byId.get(id);
    if (!endpoint) throw notFound(`error deleting nexus endpoint with ID: ${id}`);
    this.#records.delete(id);
    this.#byId.delete(id);
    this.#byName.delete(endpoint.spec.name ?? '');
  }

  #put(endpoint: NexusEndpoint): void {
    this.#records.put(endpoint.id, endpoint);
    this.#keep(endpoint);
  }

  #keep(endpoint: NexusEndpoint): void {
    this.#byId.set(endpoint.id, endpoint);
    this.#byName.set(endpoint.spec.name ?? '', endpoint);
  }
}
