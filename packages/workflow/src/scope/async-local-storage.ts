import { captureFrame, runInFrame, runWith } from './async-scope.ts';
import type { Frame } from './async-scope.ts';
import type { Untyped } from '@reprise/common';

/**
 * Values that follow the flow of async code, as `AsyncLocalStorage` of Node.
 *
 * @example
 * const tenant = new AsyncLocalStorage<string>();
 * await tenant.run('acme', async () => { await sleep(10); tenant.getStore(); }); // 'acme'
 */
export class AsyncLocalStorage<T> {
  #disabled = false;

  /** Runs `fn` with `store` as the value, also in everything that `fn` starts. */
  run<R, A extends Untyped[]>(store: T, fn: (...args: A) => R, ...args: A): R {
    this.#disabled = false;
    const stores = new Map(captureFrame().stores);
    stores.set(this, store);
    return runWith({ stores }, () => fn(...args));
  }

  /** Runs `fn` without a value. */
  exit<R, A extends Untyped[]>(fn: (...args: A) => R, ...args: A): R {
    const stores = new Map(captureFrame().stores);
    stores.delete(this);
    return runWith({ stores }, () => fn(...args));
  }

  /** The value of the current flow, or undefined. */
  getStore(): T | undefined {
    if (this.#disabled) return undefined;
    return captureFrame().stores?.get(this) as T | undefined;
  }

  /** Forgets all values; a later `run` enables it again. */
  disable(): void {
    this.#disabled = true;
  }

  /** Not available: a value without an end cannot be carried through compiled code. Use `run`. */
  enterWith(_store: T): never {
    throw new TypeError('AsyncLocalStorage.enterWith is not available in workflows; use run(store, fn)');
  }

  /** A function that runs `fn` in the flow of this call. */
  static bind<F extends (...args: Untyped[]) => unknown>(fn: F): F {
    const frame: Frame = captureFrame();
    return ((...args: Parameters<F>) => runInFrame(frame, () => fn(...args))) as F;
  }

  /** A function that runs what it is given in the flow of this call. */
  static snapshot(): <R, A extends Untyped[]>(fn: (...args: A) => R, ...args: A) => R {
    const frame: Frame = captureFrame();
    return (fn, ...args) => runInFrame(frame, () => fn(...args));
  }
}
