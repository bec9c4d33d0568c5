/**
 * Owns what one attempt of one activity may ask of its worker. The worker constructs it, keeps `cancelled` and the abort
 * signal in step, and runs the activity function inside `asyncLocalStorage`.
 *
 * I1: `cancelled` never resolves; it rejects with a `CancelledFailure` when the attempt is cancelled, and its rejection is
 *     always observed, so that an activity that does not look at it ends no process.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { IllegalStateError, msToNumber } from '@reprise/common';
import type { ActivityCancellationDetails, Duration, Logger, MetricMeter } from '@reprise/common';
import type { ActivityClientOfContext } from './client-of-context.ts';
import type { Info } from './info.ts';

/** What a worker gives to the context of an attempt. */
export interface ContextOptions {
  readonly info: Info;
  /** Rejects with a `CancelledFailure` when the attempt is cancelled. */
  readonly cancelled: Promise<never>;
  readonly cancellationSignal: AbortSignal;
  /** Why the attempt was cancelled; asked for each time. */
  readonly cancellationDetails: () => ActivityCancellationDetails | undefined;
  readonly heartbeat: (details?: unknown) => void;
  readonly log: Logger;
  readonly metricMeter: MetricMeter;
  /** The worker's client; absent where there is none, as in a mock environment. */
  readonly client?: ActivityClientOfContext | undefined;
}

/** The surroundings of a running activity: its info, heartbeat, cancellation, log. */
export class Context {
  /** The activity that is running, and why. */
  readonly info: Info;
  /** Rejects with a `CancelledFailure` when the activity is cancelled; never resolves. */
  readonly cancelled: Promise<never>;
  /** Aborts when the activity is cancelled; for `fetch`, `child_process` and the like. */
  readonly cancellationSignal: AbortSignal;
  /** A logger whose lines carry the ids of the activity. */
  log: Logger;
  /** A meter whose metrics carry the type, namespace and task queue of the activity. */
  metricMeter: MetricMeter;
  readonly #heartbeat: (details?: unknown) => void;
  readonly #cancellationDetails: () => ActivityCancellationDetails | undefined;
  readonly #client: ActivityClientOfContext | undefined;

  constructor(options: ContextOptions) {
    this.info = options.info;
    this.cancelled = options.cancelled;
    this.cancelled.catch(() => undefined); // I1
    this.cancellationSignal = options.cancellationSignal;
    this.log = options.log;
    this.metricMeter = options.metricMeter;
    this.#heartbeat = options.heartbeat;
    this.#cancellationDetails = options.cancellationDetails;
    this.#client = options.client;
  }

  /**
   * The context of the activity that is running.
   *
   * @throws Error when no activity is running in this chain of calls.
   */
  static current(): Context {
    const context = asyncLocalStorage.getStore();
    if (context === undefined) throw new Error('Activity context not initialized');
    return context;
  }

  /** Why the activity was cancelled; undefined while it is not. */
  get cancellationDetails(): ActivityCancellationDetails | undefined {
    return this.#cancellationDetails();
  }

  /**
   * The client of the worker that runs the activity.
   *
   * @throws IllegalStateError where the worker has none.
   */
  get client(): ActivityClientOfContext {
    if (this.#client === undefined)
      throw new IllegalStateError(
        'No Client available. This may be a MockActivityEnvironment that was created without a Client.',
      );
    return this.#client;
  }

  /** Tells the server that the activity is alive; `details` reach the next attempt as `info.heartbeatDetails`. */
  readonly heartbeat = (details?: unknown): void => {
    this.#heartbeat(details);
  };

  /**
   * Waits, in ms or as a duration such as `'5 seconds'`.
   *
   * @throws CancelledFailure when the activity is cancelled meanwhile.
   */
  readonly sleep = (duration: Duration): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, msToNumber(duration));
    return Promise.race([promise, this.cancelled]).finally(() => {
      clearTimeout(timer);
    });
  };
}

// Shared by every copy of the package in the process, so that a library that carries its own copy finds the context too.
const storageKey = Symbol.for('__temporal_activity_context_storage__');
const shared = globalThis as { [storageKey]?: AsyncLocalStorage<Context> };

/** Holds the `Context` of the running activity. Workers run activity functions inside it. */
export const asyncLocalStorage: AsyncLocalStorage<Context> = (shared[storageKey] ??= new AsyncLocalStorage<Context>());
