/** Which workers said lately that they are alive, per namespace. Lives in memory: workers say it again every minute. */
import type { temporal } from '@reprise/proto';
import type { Clock } from '../time/clock.ts';

type Heartbeat = temporal.api.worker.v1.WorkerHeartbeat;

const forgottenAfterMs = 24 * 60 * 60_000;

export interface WorkerEntry {
  readonly heartbeat: Heartbeat;
  readonly seenMs: number;
}

export class WorkerRegistry {
  readonly #clock: Clock;
  readonly #byNamespace = new Map<string, Map<string, WorkerEntry>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  record(namespaceId: string, heartbeat: Heartbeat): void {
    const key = heartbeat.workerInstanceKey ?? '';
    let workers = this.#byNamespace.get(namespaceId);
    if (!workers) this.#byNamespace.set(namespaceId, (workers = new Map()));
    workers.set(key, { heartbeat: { ...workers.get(key)?.heartbeat, ...heartbeat }, seenMs: this.#clock.now() });
  }

  get(namespaceId: string, instanceKey: string): WorkerEntry | undefined {
    return this.#byNamespace.get(namespaceId)?.get(instanceKey);
  }

  /** By instance key. */
  list(namespaceId: string): WorkerEntry[] {
    const workers = this.#byNamespace.get(namespaceId);
    if (!workers) return [];
    const sinceMs = this.#clock.now() - forgottenAfterMs;
    for (const [key, entry] of workers) if (entry.seenMs < sinceMs) workers.delete(key);
    return [...workers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }
}
