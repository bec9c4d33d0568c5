import type { FrameAccess } from './frame-access.ts';

/** The iterator that `for await` and `yield*` walk: the async one, or the plain one with its values awaited. */
export function asyncIterators({ guard }: FrameAccess): (iterable: object) => unknown {
  return (iterable) => asyncIteratorOf(iterable, guard);
}

type Guard = FrameAccess['guard'];

function asyncIteratorOf(iterable: object, guard: Guard): unknown {
  const asyncMethod: unknown = Reflect.get(Object(iterable) as object, Symbol.asyncIterator);
  if (asyncMethod !== undefined && asyncMethod !== null)
    return Reflect.apply(asyncMethod as () => unknown, iterable, []);
  const method: unknown = Reflect.get(Object(iterable) as object, Symbol.iterator);
  if (typeof method !== 'function') throw new TypeError(`${describe(iterable)} is not async iterable`);
  return new AwaitingIterator(Reflect.apply(method, iterable, []) as Iterator<unknown>, guard);
}

class AwaitingIterator {
  readonly #inner: Iterator<unknown>;
  readonly #guard: Guard;
  readonly #next: (...args: unknown[]) => unknown;

  constructor(inner: Iterator<unknown>, guard: Guard) {
    this.#inner = inner;
    this.#guard = guard;
    this.#next = inner.next as (...args: unknown[]) => unknown;
  }

  next(...args: unknown[]): Promise<unknown> {
    return awaited(Reflect.apply(this.#next, this.#inner, args), this.#guard);
  }

  return(value?: unknown): Promise<unknown> {
    const inner = this.#inner.return;
    return inner === undefined
      ? Promise.resolve({ value, done: true })
      : awaited(Reflect.apply(inner, this.#inner, [value]), this.#guard);
  }

  throw(error?: unknown): Promise<unknown> {
    const inner = this.#inner.throw;
    return inner === undefined
      ? Promise.reject(error)
      : awaited(Reflect.apply(inner, this.#inner, [error]), this.#guard);
  }
}

function awaited(result: unknown, guard: Guard): Promise<unknown> {
  if (typeof result !== 'object' || result === null)
    return Promise.reject(new TypeError(`${describe(result)} is not an iterator result`));
  const { done, value } = result as IteratorResult<unknown>;
  return Promise.resolve(guard(value)).then((settled) => ({ value: settled, done }));
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
}
