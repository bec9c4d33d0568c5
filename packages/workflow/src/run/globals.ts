/** What the isolate's patched globals need of the current run: clock, random numbers, timers, the console. */
import { IllegalStateError } from '@reprise/common';
import { CancellationScope } from '../api/cancellation-scope.ts';
import { sleepFor } from '../api/sleep.ts';
import { captureFrame } from '../scope/async-scope.ts';
import type { RandomSource } from './alea.ts';
import { ask } from './asking.ts';
import { maybeCurrentRun, requireRun } from './current-run.ts';
import { NOT_CANCELLED } from './pending.ts';
import { capturePlace, type Place } from './place.ts';
import { SHIELDED_SCOPES } from './run-flags.ts';
import type { Run } from './run.ts';
import { callSink } from './sink-calls.ts';

/** The current run as the patched globals see it. */
export interface CurrentRun {
  /** Workflow time, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** A number in [0, 1) that replay repeats. */
  random(): number;
  /** Starts a timer; the handle is its number. */
  setTimeout(callback: (...args: unknown[]) => void, delayMs: number, ...args: unknown[]): number;
  clearTimeout(handle: unknown): void;
  /** Writes to the worker's console, marked with the workflow; silent while history is replayed. */
  console(level: ConsoleLevel, args: readonly unknown[]): void;
}

export type ConsoleLevel = 'log' | 'warn' | 'error' | 'info' | 'debug';

/** The next random number for code of the current scope. */
export function nextRandom(run: Run): number {
  const source = run.throwAwayRandom ?? (captureFrame().random as RandomSource | undefined);
  return source === undefined ? run.random.next() : source();
}

interface Timeout {
  readonly callback: () => void;
  readonly delayMs: number;
  readonly place: Place;
}

function setLegacyTimeout(run: Run, { callback, delayMs, place }: Timeout): number {
  const seq = run.seqs.timer++;
  new Promise<unknown>((resolve, reject) => {
    run.pending.add('timer', seq, { resolve, reject, onCancel: NOT_CANCELLED });
    ask(run, { kind: 'startTimer', seq, delayMs }, place);
  }).then(callback, () => undefined);
  return seq;
}

function setScopedTimeout(run: Run, { callback, delayMs, place }: Timeout): number {
  // `sleep` takes this number.
  const seq = run.seqs.timer;
  const scope = new CancellationScope({ cancellable: true });
  const done = (): void => void run.timeouts?.delete(seq);
  scope
    .run(() => sleepFor(place, delayMs))
    .then(() => {
      done();
      callback();
    }, done);
  run.timeouts ??= new Map();
  run.timeouts.set(seq, scope);
  return seq;
}

function clearTimer(run: Run, handle: unknown): void {
  if (typeof handle !== 'number') return;
  const scope = run.timeouts?.get(handle);
  if (scope !== undefined) {
    run.timeouts?.delete(handle);
    scope.cancel();
    return;
  }
  // A handle that is not running uses up a number and asks to cancel: histories recorded so far have it that way.
  run.seqs.timer++;
  run.pending.take('timer', handle);
  ask(run, { kind: 'cancelTimer', seq: handle });
}

const CURRENT: CurrentRun = {
  get nowMs() {
    return requireRun('The clock of a workflow needs a run').task.nowMs;
  },
  random: () => nextRandom(requireRun('Random numbers of a workflow need a run')),
  setTimeout(callback, delayMs, ...args) {
    const run = requireRun('setTimeout may only be used from a Workflow Execution');
    if (typeof callback !== 'function') {
      throw new TypeError(`setTimeout expected a function, got ${typeof callback}`);
    }
    const timeout = {
      callback: (): void => callback(...args),
      delayMs: Math.max(1, Number(delayMs) || 0),
      place: capturePlace(CURRENT.setTimeout),
    };
    return run.flags.has(SHIELDED_SCOPES, run.task) ? setScopedTimeout(run, timeout) : setLegacyTimeout(run, timeout);
  },
  clearTimeout: (handle) => clearTimer(requireRun('clearTimeout may only be used from a Workflow Execution'), handle),
  console(level, args) {
    const run = maybeCurrentRun();
    if (run === undefined || run.task.isReplayingHistoryEvents) return;
    const { workflowType, workflowId } = run.creation;
    const prefix = `[${workflowType}(${workflowId})]`;
    callSink(run, { interfaceName: '__temporal_console', functionName: level, args: [prefix, ...args] });
  },
};

/** The current run, or undefined outside workflow code. */
export function currentRun(): CurrentRun | undefined {
  return maybeCurrentRun() === undefined ? undefined : CURRENT;
}

/** The current run. Throws IllegalStateError outside workflow code. */
export function requireCurrentRun(): CurrentRun {
  if (maybeCurrentRun() === undefined) throw new IllegalStateError('Workflow uninitialized');
  return CURRENT;
}
