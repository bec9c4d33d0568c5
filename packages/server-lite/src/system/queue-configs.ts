/** What people have set for task queues: rates and fairness weights, kept by the store and applied to queues as they appear. */
import type { temporal } from '@reprise/proto';
import type { QueueKey } from '../matching/matching.ts';
import type { TaskQueue } from '../matching/task-queue.ts';
import type { Store } from '../store/store.ts';
import { openRecords, type Records } from './records.ts';

export type QueueConfig = temporal.api.taskqueue.v1.TaskQueueConfig;

/** A limit without a rate is none; a rate without a number is 0. */
const rateOf = (limit: QueueConfig['queueRateLimit']): number | undefined =>
  limit?.rateLimit ? (limit.rateLimit.requestsPerSecond ?? 0) : undefined;

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
    queue.changeLimits((limits) => {
      limits.set('api', rateOf(config.queueRateLimit), Date.now());
      limits.setFairness({
        perSecond: rateOf(config.fairnessKeysRateLimitDefault),
        weights: config.fairnessWeightOverrides ?? {},
      });
      return true;
    });
  }
}
