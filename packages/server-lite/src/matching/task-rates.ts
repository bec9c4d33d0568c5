/** How fast tasks come and go, by the lane and the priority that they have. Times are wall clock, in ms. */
import { MovingRate } from './moving-rate.ts';
import { defaultPriority, priorityOf } from './backlog.ts';
import type { WorkerTask } from './matching.ts';

export interface Rates {
  /** Per second, over the last half minute. */
  readonly adds: number;
  readonly dispatches: number;
}

interface Meter {
  readonly lane: string;
  readonly priority: number;
  readonly adds: MovingRate;
  readonly dispatches: MovingRate;
}

export class TaskRates {
  readonly #meters = new Map<string, Meter>();

  added(lane: string, task: WorkerTask, nowMs: number): void {
    this.#meter(lane, task).adds.count(nowMs);
  }

  /** @param task undefined for a question, which has no priority of its own */
  dispatched(lane: string, task: WorkerTask | undefined, nowMs: number): void {
    this.#meter(lane, task).dispatches.count(nowMs);
  }

  /** Of one lane, of one priority, or of all. */
  of(which: { readonly lane?: string; readonly priority?: number }, nowMs: number): Rates {
    let [adds, dispatches] = [0, 0];
    for (const meter of this.#meters.values()) {
      if (which.lane !== undefined && which.lane !== meter.lane) continue;
      if (which.priority !== undefined && which.priority !== meter.priority) continue;
      adds += meter.adds.perSecond(nowMs);
      dispatches += meter.dispatches.perSecond(nowMs);
    }
    return { adds, dispatches };
  }

  /** Those that tasks have had. */
  get priorities(): ReadonlySet<number> {
    return new Set([...this.#meters.values()].map(({ priority }) => priority));
  }

  #meter(lane: string, task: WorkerTask | undefined): Meter {
    const priority = task ? priorityOf(task) : defaultPriority;
    const key = `${priority}/${lane}`;
    let meter = this.#meters.get(key);
    if (!meter) {
      meter = { lane, priority, adds: new MovingRate(), dispatches: new MovingRate() };
      this.#meters.set(key, meter);
    }
    return meter;
  }
}
