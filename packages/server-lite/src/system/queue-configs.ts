/** What people have set for task queues: rates and fairness weights, kept by the store and applied to queues as they appear. */
import type { temporal } from '@reprise/proto';
import type { QueueKey } from '../matching/matching.ts';
import type { TaskQueue } from '../matching/task-queue.ts';
import type { Store } from '../store/store.ts';
import { openRecords, type Records } from './records.ts';

export type QueueConfig = temporal.api.taskqueue.v1.TaskQueueConfig;

const textOf = (key: QueueKey): string => `${key.namespaceId}/${key.kind}/${key.name}`;

export class QueueConfigs {
  readonly #records: Records<QueueConfig>;
  readonly #byKey = new Map<string, QueueConfig>();

  constructor(store: Store) {
    this.#records = openRecords(store, 'queueConfigs');
    for (const { key, value } of this.#records.list()) this.#byKey.set(key, value);
  }

  get(key: QueueKey): QueueConfig | undefined {
    return this.#byKey.get(textOf(key));
  }

  set(key: QueueKey, config: QueueConfig): void {
    this.#records.put(textOf(key), config);
    this.#byKey.set(textOf(key), config);
  }

  apply(key: QueueKey, queue: TaskQueue): void {
    const config = this.get(key);
    if (!config) return;
    queue.limit('api', config.queueRateLimit?.rateLimit?.requestsPerSecond ?? undefined);
    queue.weightOverrides.clear();
    for (const [name, weight] of Object.entries(config.fairnessWeightOverrides ?? {}))
      queue.weightOverrides.set(name, weight);
  }
}
