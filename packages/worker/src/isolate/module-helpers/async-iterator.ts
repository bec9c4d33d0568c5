/** The iterator that `for await` and `yield*` walk: the async one, or the plain one with its values awaited. */
export function asyncIteratorOf(iterable: object): unknown {
  const asyncMethod: unknown = Reflect.get(Object(iterable) as object, Symbol.asyncIterator);
  if (asyncMethod !== undefined && asyncMethod !== null) return Reflect.apply(asyncMethod as () => unknown, iterable, []);
  const method: unknown = Reflect.get(Object(iterable) as object, Symbol.iterator);
  if (typeof method !== 'function') throw new TypeError(`${describe(iterable)} is not async iterable`);
  return new AwaitingIterator(Reflect.apply(method, iterable, []) as Iterator<unknown>);
}

class AwaitingIterator {
  readonly #inner: Iterator<unknown>;
  readonly #next: (...args: unknown[]) => unknown;

  constructor(inner: Iterator<unknown>) {
    this.#inner = inner;
    this.#next = inner.next as (...args: unknown[]) => unknown;
  }

  next(...args: unknown[]): Promise<unknown> {
    return awaited(Reflect.apply(this.#next, this.#inner, args));
  }

  return(value?: unknown): Promise<unknown> {
    const inner = this.#inner.return;
    return inner === undefined ? Promise.resolve({ value, done: true }) : awaited(Reflect.apply(inner, this.#inner, [value]));
  }

  throw(error?: unknown): Promise<unknown> {
    const inner = this.#inner.throw;
    return inner === undefined ? Promise.reject(error) : awaited(Reflect.apply(inner, this.#inner, [error]));
  }
}

function awaited(result: unknown): Promise<unknown> {
  if (typeof result !== 'object' || result === null) return Promise.reject(new TypeError(`${describe(result)} is not an iterator result`));
  const { done, value } = result as IteratorResult<unknown>;
  return Promise.resolve(value).then((settled) => ({ value: settled, done }));
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
}
