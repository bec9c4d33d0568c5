/**
 * How fast a queue may hand out tasks: as a whole, by what the API has set or else by what workers ask for, and for each
 * fairness key, in proportion to its weight.
 */
import type { WorkerTask } from './matching.ts';
import { RateLimiter } from './rate-limiter.ts';

/** So many keys are limited apart; who has not been seen for longest starts anew. */
const mostKeys = 2000;

export class DispatchLimits {
  readonly #weightOverrides = new Map<string, number>();
  #apiLimit: RateLimiter | undefined;
  #workerLimit: RateLimiter | undefined;
  #perKey: number | undefined;
  readonly #keyLimits = new Map<string, RateLimiter>();

  /** By fairness key; what is not here weighs as its tasks say. */
  get weightOverrides(): ReadonlyMap<string, number> {
    return this.#weightOverrides;
  }

  get tasksPerSecond(): number | undefined {
    return (this.#apiLimit ?? this.#workerLimit)?.perSecond;
  }

  /** @param perSecond undefined removes the limit. @returns whether anything has changed */
  set(source: 'api' | 'worker', perSecond: number | undefined, nowMs: number): boolean {
    const existing = source === 'api' ? this.#apiLimit : this.#workerLimit;
    if (existing?.perSecond === perSecond) return false;
    if (existing && perSecond !== undefined) existing.setRate(perSecond, nowMs);
    const limiter = perSecond === undefined ? undefined : (existing ?? new RateLimiter(perSecond, nowMs));
    if (source === 'api') this.#apiLimit = limiter;
    else this.#workerLimit = limiter;
    return true;
  }

  /** @param options.perSecond for each key of weight 1; undefined removes the limit */
  setFairness(options: { perSecond: number | undefined; weights: Readonly<Record<string, number>> }): void {
    this.#weightOverrides.clear();
    for (const [key, weight] of Object.entries(options.weights)) this.#weightOverrides.set(key, weight);
    if (this.#perKey === options.perSecond) return;
    this.#perKey = options.perSecond;
    this.#keyLimits.clear();
  }

  /** Takes what the task costs. @returns how long to wait before the same question may be asked again; 0 when it may go */
  take(task: WorkerTask, nowMs: number): number {
    const queue = this.#apiLimit ?? this.#workerLimit;
    // A worker that asks for less than nothing is not limited.
    const isLimited = queue && queue.perSecond >= 0;
    const limiters = [isLimited ? queue : undefined, this.#ofKey(task, nowMs)];
    const waitMs = Math.max(0, ...limiters.map((limiter) => limiter?.waitMs(nowMs) ?? 0));
    if (waitMs === 0) for (const limiter of limiters) limiter?.take(nowMs);
    return waitMs;
  }

  #ofKey(task: WorkerTask, nowMs: number): RateLimiter | undefined {
    if (this.#perKey === undefined) return undefined;
    const key = task.priority?.fairnessKey ?? '';
    const perSecond = this.#perKey * (this.#weightOverrides.get(key) ?? (task.priority?.fairnessWeight || 1));
    const limiter = this.#keyLimits.get(key) ?? new RateLimiter(perSecond, nowMs);
    if (limiter.perSecond !== perSecond) limiter.setRate(perSecond, nowMs);
    this.#keyLimits.delete(key);
    this.#keyLimits.set(key, limiter);
    if (this.#keyLimits.size > mostKeys) {
      const [oldest] = this.#keyLimits.keys();
      if (oldest !== undefined) this.#keyLimits.delete(oldest);
    }
    return limiter;
  }
}
