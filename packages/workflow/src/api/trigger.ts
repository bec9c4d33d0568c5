import { requireRun } from '../run/current-run.ts';
import { currentScope, quiet } from '../run/current-scope.ts';

/**
 * A promise that is resolved from outside. It rejects when the scope that it was made in is cancelled.
 *
 * @example
 * const approved = new Trigger<boolean>();
 * setHandler(approve, () => approved.resolve(true));
 * await approved;
 */
export class Trigger<T> implements PromiseLike<T> {
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason?: unknown) => void;
  readonly #promise: Promise<T>;

  constructor() {
    const run = requireRun('A Trigger can only be made by workflow code');
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const scope = currentScope(run);
    const listener = { onCancel: reject };
    if (scope.cancellable) scope.listen(listener);
    this.#promise = promise;
    this.resolve = (value) => {
      scope.unlisten(listener);
      resolve(value);
    };
    this.reject = reject;
    // A trigger that nobody waits for is not an error.
    quiet(promise);
  }

  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((reason: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return this.#promise.then(onFulfilled, onRejected);
  }
}
