import { CancelledFailure, msOptionalToNumber, type Duration } from '@reprise/common';
import type { CancelListener, CancelScope } from '../run/cancel-scope.ts';
import { requireRun } from '../run/current-run.ts';
import { currentScope, quiet } from '../run/current-scope.ts';
import { SHIELDED_SCOPES } from '../run/run-flags.ts';
import type { Run } from '../run/run.ts';
import { captureFrame, restoreFrame, runWith, setFrame } from '../scope/async-scope.ts';
import { capturePlace, type Place } from '../run/place.ts';
import { sleep, sleepFor } from './sleep.ts';

/** Options of a scope. */
export interface CancellationScopeOptions {
  /** When false, cancellation from outside does not reach what is inside. Default true. */
  cancellable: boolean;
  /** Cancels the scope after this time. */
  timeout?: Duration;
  /** The scope around it. Default: the current one. */
  parent?: CancellationScope;
}

const NO_PARENT: unique symbol = Symbol('no parent');

function shielded(run: Run): boolean {
  return run.flags.has(SHIELDED_SCOPES, run.task);
}

/**
 * Timers, activities and children that are cancelled together. Scopes form a tree: cancelling one cancels those inside it,
 * except under a non-cancellable one.
 *
 * @example
 * await CancellationScope.nonCancellable(() => cleanup());
 * const value = await CancellationScope.withTimeout('1 minute', () => fetchValue());
 */
export class CancellationScope implements CancelScope {
  /** Milliseconds after which the scope cancels itself. */
  readonly timeout: number | undefined;
  readonly cancellable: boolean;
  readonly parent: CancelScope | undefined;
  readonly #promise: Promise<never>;
  #requested = false;
  /** Where a scope with a timeout was run. */
  #place: Place | undefined;
  /** Heard in one go, in the order in which they came; one that ends is dropped, so that scopes do not grow. */
  #listeners: Set<CancelListener> | undefined;
  /** Set when workflow code holds the promise: from then on each listener is a reaction of its own, to keep the order. */
  #isExposed = false;
  protected readonly reject: (reason: unknown) => void;

  constructor(
    options?: Partial<Omit<CancellationScopeOptions, 'parent'>> & { parent?: CancellationScope | typeof NO_PARENT },
  ) {
    this.timeout = msOptionalToNumber(options?.timeout);
    this.cancellable = options?.cancellable ?? true;
    const { promise, reject } = Promise.withResolvers<never>();
    this.#promise = promise;
    this.reject = (reason) => {
      this.#requested = true;
      reject(reason);
    };
    quiet(promise);
    if (options?.parent === NO_PARENT) {
      this.parent = undefined;
      return;
    }
    const run = requireRun('A CancellationScope can only be made by workflow code');
    this.parent = options?.parent ?? currentScope(run);
    this.#follow(run, this.parent);
  }

  #follow(run: Run, parent: CancelScope): void {
    if (parent.cancellable || (parent.requested && !shielded(run))) {
      this.#requested = parent.requested;
      parent.listen({ onCancel: this.reject });
    } else {
      const onCancel = (reason: unknown): void => {
        if (!shielded(run)) this.reject(reason);
      };
      parent.listen({ onCancel });
    }
  }

  /** Rejects when cancellation is requested; never resolves. */
  get cancelRequested(): Promise<never> {
    this.#isExposed = true;
    return this.#promise;
  }

  get requested(): boolean {
    return this.#requested;
  }

  listen(listener: CancelListener): void {
    if (this.#isExposed || (this.#listeners === undefined && this.#requested)) {
      quiet(this.#promise.catch((reason: unknown) => listener.onCancel(reason)));
      return;
    }
    if (this.#listeners === undefined) {
      const listeners = (this.#listeners = new Set());
      const hear = (reason: unknown): void => {
        this.#listeners = undefined;
        for (const each of listeners) each.onCancel(reason);
      };
      quiet(this.#promise.catch(hear));
    }
    this.#listeners.add(listener);
  }

  unlisten(listener: CancelListener): void {
    this.#listeners?.delete(listener);
  }

  /** Cancellation was requested, and the scope is cancellable. */
  get consideredCancelled(): boolean {
    return this.#requested && this.cancellable;
  }

  /** Runs `fn` in this scope. */
  run<T>(fn: () => Promise<T>): Promise<T> {
    if (this.timeout !== undefined) this.#place = capturePlace(this.run);
    return runWith({ scope: this }, () => this.runInContext(fn));
  }

  /** Runs `fn`; the scope is current already. */
  protected async runInContext<T>(fn: () => Promise<T>): Promise<T> {
    const frame = captureFrame();
    const timer = this.timeout === undefined || this.timeout === 0 ? undefined : this.#startTimeout(this.timeout);
    try {
      return restoreFrame(frame, await fn());
    } finally {
      setFrame(frame);
      if (timer !== undefined && !timer.consideredCancelled && shielded(requireRun('A scope ended outside its run'))) {
        timer.cancel();
      }
    }
  }

  #startTimeout(timeoutMs: number): CancellationScope {
    const timer = new CancellationScope();
    quiet(
      timer
        .run(() => (this.#place === undefined ? sleep(timeoutMs) : sleepFor(this.#place, timeoutMs)))
        .then(
          () => this.cancel(),
          () => undefined,
        ),
    );
    return timer;
  }

  /** Requests cancellation of everything in the scope. */
  cancel(): void {
    this.reject(new CancelledFailure('Cancellation scope cancelled'));
  }

  /** The scope that the calling code is in. */
  static current(): CancellationScope {
    const run = requireRun('CancellationScope.current() may only be used from a Workflow Execution');
    return currentScope(run) as CancellationScope;
  }

  /** Runs `fn` in a new cancellable scope. */
  static cancellable<T>(fn: () => Promise<T>): Promise<T> {
    return new this({ cancellable: true }).run(fn);
  }

  /** Runs `fn` in a new scope that keeps cancellation out. */
  static nonCancellable<T>(fn: () => Promise<T>): Promise<T> {
    return new this({ cancellable: false }).run(fn);
  }

  /** Runs `fn` in a new scope that is cancelled after `timeout`. */
  static withTimeout<T>(timeout: Duration, fn: () => Promise<T>): Promise<T> {
    return new this({ cancellable: true, timeout }).run(fn);
  }
}

/** The scope around all code of a run; cancelled when the workflow is. */
export class RootCancellationScope extends CancellationScope {
  constructor() {
    super({ cancellable: true, parent: NO_PARENT });
  }

  override cancel(): void {
    this.reject(new CancelledFailure('Workflow cancelled'));
  }
}

/** A scope that a test or the runtime makes without a parent. */
export function newRootScope(): CancelScope {
  return new RootCancellationScope();
}
