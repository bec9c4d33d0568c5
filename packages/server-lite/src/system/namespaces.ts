import { NamespaceState, type ReplicationState } from '@reprise/proto';
import { namespaceNotFound, ServiceError, StatusCode } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Random } from './random.ts';
import { openRecords, type Records } from './records.ts';

export interface BadBinary {
  readonly reason: string;
  readonly operator: string;
  readonly createMs: number;
}

/** Who uses the server: one entry per namespace, in memory, written through to the store. */
export interface Namespace {
  readonly id: string;
  readonly name: string;
  /** NamespaceState. */
  readonly state: NamespaceState;
  readonly description: string;
  readonly ownerEmail: string;
  readonly data: Readonly<Record<string, string>>;
  readonly retentionMs: number;
  /** Builds that may not complete workflow tasks, by checksum. */
  readonly badBinaries?: Readonly<Record<string, BadBinary>>;
  /** ReplicationState: set on those that were registered by request. */
  readonly replicationState?: ReplicationState;
}

export interface Namespaces {
  byName(name: string): Namespace | undefined;
  byId(id: string): Namespace | undefined;
  /** @throws ServiceError NOT_FOUND with NamespaceNotFoundFailure */
  requireName(name: string): Namespace;
  /** @throws ServiceError NOT_FOUND with NamespaceNotFoundFailure */
  requireId(id: string): Namespace;
  /** Whether a namespace has given this name up since the server started, and none has it now. */
  isGivenUp(name: string): boolean;
  /** By name. */
  list(): readonly Namespace[];
}

export const systemNamespaceName = 'temporal-system';
const systemNamespaceId = '32049b68-7872-4094-8e63-d0dd59896a83';
const dayMs = 86_400_000;

export class NamespaceRegistry implements Namespaces {
  readonly #records: Records<Namespace>;
  readonly #random: Random;
  readonly #byName = new Map<string, Namespace>();
  readonly #byId = new Map<string, Namespace>();
  readonly #givenUp = new Set<string>();

  constructor(store: Store, random: Random) {
    this.#records = openRecords(store, 'namespaces');
    this.#random = random;
    for (const { value } of this.#records.list()) this.#keep(value);
    if (!this.#byName.has(systemNamespaceName)) {
      this.#put({
        ...this.#fresh(systemNamespaceName, 7 * dayMs),
        id: systemNamespaceId,
        description: 'Temporal internal system namespace',
        ownerEmail: 'temporal-core@temporal.io',
      });
    }
  }

  byName(name: string): Namespace | undefined {
    return this.#byName.get(name);
  }

  byId(id: string): Namespace | undefined {
    return this.#byId.get(id);
  }

  requireName(name: string): Namespace {
    const namespace = this.#byName.get(name);
    if (!namespace) throw namespaceNotFound(name);
    return namespace;
  }

  requireId(id: string): Namespace {
    const namespace = this.#byId.get(id);
    if (!namespace) throw namespaceNotFound(id);
    return namespace;
  }

  isGivenUp(name: string): boolean {
    return this.#givenUp.has(name) && !this.#byName.has(name);
  }

  list(): readonly Namespace[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws ServiceError ALREADY_EXISTS */
  register(name: string, settings: Partial<Omit<Namespace, 'id' | 'name'>>): Namespace {
    if (this.#byName.has(name)) {
      throw new ServiceError(StatusCode.ALREADY_EXISTS, `Namespace "${name}" already exists`, {
        type: 'temporal.api.errordetails.v1.NamespaceAlreadyExistsFailure',
        value: {},
      });
    }
    const namespace = { ...this.#fresh(name, dayMs), ...settings };
    this.#put(namespace);
    return namespace;
  }

  update(namespace: Namespace, settings: Partial<Omit<Namespace, 'id'>>): Namespace {
    const next = { ...namespace, ...settings };
    if (next.name !== namespace.name) {
      this.#byName.delete(namespace.name);
      this.#givenUp.add(namespace.name);
    }
    this.#put(next);
    return next;
  }

  remove(namespace: Namespace): void {
    this.#records.delete(namespace.id);
    this.#byName.delete(namespace.name);
    this.#byId.delete(namespace.id);
  }

  #fresh(name: string, retentionMs: number): Namespace {
    return {
      id: this.#random.uuid(),
      name,
      state: NamespaceState.NAMESPACE_STATE_REGISTERED,
      description: '',
      ownerEmail: '',
      data: {},
      retentionMs,
    };
  }

  #put(namespace: Namespace): void {
    this.#records.put(namespace.id, namespace);
    this.#keep(namespace);
  }

  #keep(namespace: Namespace): void {
    this.#byName.set(namespace.name, namespace);
    this.#byId.set(namespace.id, namespace);
  }
}
