/**
 * When runs next want attention: armed after each commit, taken up from the store at the start, and offered again when a
 * commit has failed.
 *
 * I1. At the start only runs with work to offer are read; of the others a due time is all that has to be known.
 */
import { nextDueMs } from '../execution/due.ts';
import type { Effect } from '../execution/effects.ts';
import type { Execution } from '../execution/execution.ts';
import { outstanding } from '../execution/follow-up.ts';
import { holdsOf } from '../execution/holds.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../system/logger.ts';
import type { Holds, TimerQueue } from '../time/timer-queue.ts';

export interface RunAgendaOptions {
  readonly store: Pick<Store, 'agenda'>;
  readonly timers: TimerQueue;
  readonly holds: Holds | undefined;
  readonly now: () => number;
  /** Undefined when the run is not kept any more. */
  readonly load: (runKey: number) => Execution | undefined;
  readonly log: Logger;
  readonly perform: (effect: Effect) => void;
  /** The time that a run was armed for has come. */
  readonly fire: (runKey: number) => Promise<void>;
}

/** So many runs are taken up before the server answers anybody, and between any two turns after that. */
const atOnce = 200;
const againAfterMs = 1000;
const timerOf = (runKey: number): string => `run/${runKey}`;
const againOf = (runKey: number): string => `again/${runKey}`;

export class RunAgenda {
  readonly #options: RunAgendaOptions;
  #stopped = false;

  constructor(options: RunAgendaOptions) {
    this.#options = options;
  }

  /** What the store has to know of a run's agenda: 0 when there is work to offer now. */
  dueMs(execution: Execution): number | undefined {
    return outstanding(execution).length > 0 ? 0 : nextDueMs(execution);
  }

  start(): void {
    const { store, holds } = this.#options;
    const withWork: number[] = [];
    for (const { runKey, dueMs } of store.agenda(Number.MAX_SAFE_INTEGER)) {
      // What holds virtual time is known only of runs that have been read.
      if (dueMs === 0 || holds) withWork.push(runKey);
      else this.#arm(runKey, dueMs);
    }
    this.#takeUp(withWork, holds ? withWork.length : atOnce);
  }

  stop(): void {
    this.#stopped = true;
  }

  arm(execution: Execution): void {
    const { run } = execution;
    this.#arm(run.key, nextDueMs(execution));
    this.#options.holds?.set(timerOf(run.key), holdsOf(execution));
  }

  disarm(runKey: number): void {
    const { timers, holds } = this.#options;
    timers.cancel(timerOf(runKey));
    timers.cancel(againOf(runKey));
    holds?.set(timerOf(runKey), []);
  }

  /** All that a run has to do is offered once more in a while, and as often as it takes to read the run. */
  again(runKey: number): void {
    const { timers, now } = this.#options;
    timers.set(againOf(runKey), now() + againAfterMs, () => this.#offer(runKey));
  }

  #arm(runKey: number, dueMs: number | undefined): void {
    const { timers, fire } = this.#options;
    if (dueMs === undefined) timers.cancel(timerOf(runKey));
    else timers.set(timerOf(runKey), dueMs, () => fire(runKey));
  }

  #takeUp(runKeys: readonly number[], count: number): void {
    const { log } = this.#options;
    if (this.#stopped) return;
    for (const runKey of runKeys.slice(0, count)) {
      try {
        this.#offer(runKey);
      } catch (error) {
        // The other runs need not suffer for one that cannot be read.
        log.error('a run could not be taken up', { runKey, error });
      }
    }
    if (runKeys.length > count) setImmediate(() => this.#takeUp(runKeys.slice(count), atOnce));
  }

  #offer(runKey: number): void {
    const execution = this.#options.load(runKey);
    if (!execution) return this.disarm(runKey);
    this.arm(execution);
    for (const effect of outstanding(execution)) this.#options.perform(effect);
  }
}
