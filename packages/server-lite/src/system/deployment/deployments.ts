/**
 * Worker deployments: which builds poll which queues, and which of them gets what. A build makes itself known by polling.
 *
 * I1. Every change is written through to the store, and tasks that wait are sorted again when routing changes.
 */
import { alreadyExists, failedPrecondition, notFound } from '../../errors.ts';
import type { Routing } from '../../execution/effects.ts';
import type { Poll, QueueKey } from '../../matching/matching.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../time/clock.ts';
import { openRecords, type Records } from '../records.ts';
import { type DeploymentRecord, type VersionRecord, versionOf, withVersion } from './deployment-record.ts';
import { type Destination, route } from './route.ts';

const keyOf = (namespaceId: string, name: string): string => `${namespaceId}/${name}`;

const freshVersion = (buildId: string, nowMs: number): VersionRecord => ({
  buildId,
  createMs: nowMs,
  queues: [],
  metadata: {},
});

export class Deployments {
  readonly #records: Records<DeploymentRecord>;
  readonly #clock: Clock;
  readonly #byKey = new Map<string, DeploymentRecord>();
  readonly #byNamespace = new Map<string, DeploymentRecord[]>();
  /** Told when tasks of a namespace may have to go elsewhere. */
  onRoutingChange: (namespaceId: string) => void = () => {};

  constructor(store: Store, clock: Clock) {
    this.#records = openRecords(store, 'deployments');
    this.#clock = clock;
    for (const { value } of this.#records.list()) this.#keep(value);
  }

  destination(queue: QueueKey, routing: Routing | undefined): Destination | undefined {
    const records = this.#byNamespace.get(queue.namespaceId);
    return records || routing?.behavior === 'pinned' ? route(records ?? [], queue, routing) : undefined;
  }

  get(namespaceId: string, name: string): DeploymentRecord | undefined {
    return this.#byKey.get(keyOf(namespaceId, name));
  }

  /** @throws ServiceError NOT_FOUND */
  require(namespaceId: string, name: string): DeploymentRecord {
    const record = this.get(namespaceId, name);
    if (record) return record;
    throw notFound(`no Worker Deployment found with name '${name}'; does your Worker Deployment have pollers?`);
  }

  /** @throws ServiceError NOT_FOUND */
  requireVersion(
    namespaceId: string,
    name: string,
    buildId: string,
  ): { record: DeploymentRecord; version: VersionRecord } {
    const record = this.get(namespaceId, name);
    const version = record && versionOf(record, buildId);
    if (!record || !version) throw notFound('Worker Deployment Version not found');
    return { record, version };
  }

  /** Whether workers of this version poll the queue of workflow tasks with this name. */
  reaches(namespaceId: string, { deploymentName, buildId }: Destination, taskQueue: string): boolean {
    const record = this.get(namespaceId, deploymentName);
    const queues = (record && versionOf(record, buildId)?.queues) ?? [];
    return queues.some(({ name, kind }) => kind === 'workflow' && name === taskQueue);
  }

  /** By name. */
  list(namespaceId: string): DeploymentRecord[] {
    return [...(this.#byNamespace.get(namespaceId) ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A worker polls as a version: from now on the version is known, and so is its queue. */
  polled(poll: Poll): void {
    if (!poll.version) return;
    const { deploymentName, buildId } = poll.version;
    const { namespaceId, kind } = poll.queue;
    const name = poll.normalName ?? poll.queue.name;
    const record = this.get(namespaceId, deploymentName) ?? this.#fresh(namespaceId, deploymentName);
    const known = versionOf(record, buildId);
    if (known?.queues.some((queue) => queue.name === name && queue.kind === kind)) return;
    const version = known ?? freshVersion(buildId, this.#clock.now());
    const grown = { ...version, queues: [...version.queues, { name, kind }] };
    const others = record.versions.filter((other) => other.buildId !== buildId);
    this.#save({ ...record, versions: [...others, grown] });
    this.onRoutingChange(namespaceId);
  }

  /** @throws ServiceError ALREADY_EXISTS unless the same request has created it */
  create(namespaceId: string, name: string, by: { identity: string; requestId: string }): DeploymentRecord {
    const existing = this.get(namespaceId, name);
    if (!existing) {
      const fresh = this.#fresh(namespaceId, name);
      return this.#save({ ...fresh, lastModifier: by.identity, createRequestId: by.requestId });
    }
    if (existing.createRequestId === by.requestId) return existing;
    const how = existing.createRequestId === undefined ? ' (auto-created from worker polls)' : '';
    throw alreadyExists(`Worker Deployment with name ${JSON.stringify(name)} already exists${how}`);
  }

  /** @throws ServiceError NOT_FOUND, or ALREADY_EXISTS unless the same request has created it */
  createVersion(record: DeploymentRecord, buildId: string, by: { identity: string; requestId: string }): void {
    const existing = versionOf(record, buildId);
    if (existing?.createRequestId === by.requestId) return;
    if (existing) {
      throw alreadyExists(`Worker Deployment Version ${JSON.stringify(`${record.name}.${buildId}`)} already exists`);
    }
    this.#addVersion(record, buildId, { createRequestId: by.requestId, lastModifier: by.identity });
  }

  /** A deployment whose versions may be routed to before any worker polls as them. */
  expect(namespaceId: string, name: string): DeploymentRecord {
    return this.get(namespaceId, name) ?? this.#save(this.#fresh(namespaceId, name));
  }

  #addVersion(record: DeploymentRecord, buildId: string, by: Partial<VersionRecord> = {}): DeploymentRecord {
    const version = { ...freshVersion(buildId, this.#clock.now()), ...by };
    return this.#save({ ...record, versions: [...record.versions, version] });
  }

  /** @throws ServiceError FAILED_PRECONDITION when the token is not the latest */
  change(
    record: DeploymentRecord,
    options: {
      conflictToken: Uint8Array | null | undefined;
      identity: string;
      admit?: (record: DeploymentRecord) => void;
      /** A version that is made known if it is not yet, also when the change itself is refused. */
      expects?: string | undefined;
    },
    change: (record: DeploymentRecord, nowMs: number) => DeploymentRecord,
  ): DeploymentRecord {
    const { conflictToken: token, identity, expects } = options;
    if (token?.length && Buffer.compare(token, conflictToken(record)) !== 0)
      throw failedPrecondition('conflict token mismatch');
    options.admit?.(record);
    const known = expects && !versionOf(record, expects) ? this.#addVersion(record, expects) : record;
    const changed = change(known, this.#clock.now());
    const saved = this.#save({ ...changed, changes: record.changes + 1, lastModifier: identity });
    this.onRoutingChange(record.namespaceId);
    return saved;
  }

  changeVersion(record: DeploymentRecord, buildId: string, change: (version: VersionRecord) => VersionRecord): void {
    this.#save(withVersion(record, buildId, change));
  }

  deleteVersion(record: DeploymentRecord, buildId: string, identity: string): void {
    this.#save({
      ...record,
      lastModifier: identity,
      versions: record.versions.filter((version) => version.buildId !== buildId),
    });
    this.onRoutingChange(record.namespaceId);
  }

  delete(record: DeploymentRecord): void {
    const key = keyOf(record.namespaceId, record.name);
    this.#records.delete(key);
    this.#byKey.delete(key);
    this.#index(record.namespaceId);
  }

  #fresh(namespaceId: string, name: string): DeploymentRecord {
    const routing = { current: '', rampPercentage: 0, revision: 0 };
    const createMs = this.#clock.now();
    return { namespaceId, name, createMs, routing, versions: [], changes: 1, lastModifier: '', manager: '' };
  }

  #save(record: DeploymentRecord): DeploymentRecord {
    this.#records.put(keyOf(record.namespaceId, record.name), record);
    this.#keep(record);
    return record;
  }

  #keep(record: DeploymentRecord): void {
    this.#byKey.set(keyOf(record.namespaceId, record.name), record);
    this.#index(record.namespaceId);
  }

  #index(namespaceId: string): void {
    const own = [...this.#byKey.values()].filter((record) => record.namespaceId === namespaceId);
    if (own.length > 0) this.#byNamespace.set(namespaceId, own);
    else this.#byNamespace.delete(namespaceId);
  }
}

/** Another with each change, and for a deployment that takes the name of one that was deleted. */
export function conflictToken(record: DeploymentRecord): Uint8Array {
  const token = Buffer.alloc(16);
  token.writeBigInt64BE(BigInt(record.createMs));
  token.writeBigInt64BE(BigInt(record.changes), 8);
  return token;
}
