/**
 * What passes between the worker and a workflow host process. One task message each way, and what comes up
 * in between. The host gets its messages as lists.
 */
import type { LocalOutcome } from '../machine/run.ts';
import type { LocalActivityOrder } from '../machine/run-state.ts';
import type { IsolateSettings } from './isolate-settings.ts';
import type { RunSettings } from './task-runner.ts';
import type { HostTask, TaskAnswer } from './workflow-host.ts';

export interface HostSettings {
  /** The text of the bundle, source map included. */
  readonly bundleCode: string;
  readonly isolate: IsolateSettings;
  readonly runSettings: RunSettings;
  /** Ask the worker whether patches become active. */
  readonly asksPatchActivation: boolean;
  readonly maxCachedRuns: number;
  readonly maxHeapBytes: number;
  readonly sdkName: string;
  readonly sdkVersion: string;
  /** The process ends itself when a call takes longer. */
  readonly maxCallMs: number;
  /** The process ends itself when it holds more. */
  readonly maxResidentBytes: number;
}

export type ToHost =
  /** The first message; again when there is other code to run. */
  | { readonly kind: 'start'; readonly settings: HostSettings }
  | { readonly kind: 'task'; readonly task: HostTask }
  | { readonly kind: 'resolveLocal'; readonly runId: string; readonly outcomes: readonly LocalOutcome[] }
  | { readonly kind: 'keepAlive'; readonly runId: string }
  | { readonly kind: 'evict'; readonly runId: string }
  | { readonly kind: 'discardLastTask'; readonly runId: string };

export type FromHost =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'answer';
      readonly runId: string;
      readonly answer: TaskAnswer;
      readonly orders?: readonly LocalActivityOrder[];
      readonly cachedRuns: number;
    }
  | { readonly kind: 'localOrders'; readonly runId: string; readonly orders: readonly LocalActivityOrder[] }
  /** The message asked for nothing (any more). Every message that may run code is followed by one of these three. */
  | { readonly kind: 'nothing'; readonly runId: string }
  /** The run was let go of, with its task under way: other code has been sent. */
  | { readonly kind: 'dropped'; readonly runId: string };

/** Last words of a host that ends itself, on a pipe of their own. */
export interface LastWords {
  readonly reason: 'deadline' | 'memory';
  readonly runId: string;
  readonly residentMb: number;
}

/** The number of the pipe for last words, in the host. */
export const LAST_WORDS_FD = 4;
