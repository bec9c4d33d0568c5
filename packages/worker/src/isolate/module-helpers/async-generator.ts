/**
 * Async generators and `for await` as compiled code asks for them. Each internal await and each yielded value takes one
 * link of `then`, which is the order of microtasks that recorded histories rely on. The scope needs no care of its own:
 * `then` brings back the scope of the body, and a request brings the one of its caller.
 */
import type { FrameAccess } from './frame-access.ts';

/** What a lowered generator body yields instead of awaiting; `delegated` for the results of `yield*`. */
class Awaited {
  readonly value: unknown;
  readonly delegated: boolean;

  constructor(value: unknown, delegated: boolean) {
    this.value = value;
    this.delegated = delegated;
  }
}

type Resumption = 'next' | 'return' | 'throw';

interface Request {
  readonly how: Resumption;
  readonly argument: unknown;
  readonly frame: unknown;
  readonly resolve: (result: IteratorResult<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

type Body = Generator<unknown, unknown, unknown>;

function resumeBody(body: Body, how: Resumption, argument: unknown): IteratorResult<unknown, unknown> {
  if (how === 'next') return body.next(argument);
  return how === 'return' ? body.return(argument) : body.throw(argument);
}

/** Requests are served one after another: each begins when the one before it is settled. */
class LoweredAsyncGenerator {
  readonly #body: Body;
  readonly #frames: FrameAccess;
  readonly #requests: Request[] = [];

  constructor(body: Body, frames: FrameAccess) {
    this.#body = body;
    this.#frames = frames;
  }

  next(argument?: unknown): Promise<IteratorResult<unknown>> {
    return this.#ask('next', argument);
  }

  return(argument?: unknown): Promise<IteratorResult<unknown>> {
    return this.#ask('return', argument);
  }

  throw(argument?: unknown): Promise<IteratorResult<unknown>> {
    return this.#ask('throw', argument);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncGenerator';
  }

  #ask(how: Resumption, argument: unknown): Promise<IteratorResult<unknown>> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ how, argument, frame: this.#frames.capture(), resolve, reject });
      if (this.#requests.length === 1) this.#resume(how, argument);
    });
  }

  #resume(how: Resumption, argument: unknown): void {
    try {
      const result = resumeBody(this.#body, how, argument);
      const { value } = result;
      const awaited = value instanceof Awaited ? value : undefined;
      Promise.resolve(this.#frames.guard(awaited === undefined ? value : awaited.value)).then(
        (settled) => this.#continue({ how, awaited, done: result.done === true }, settled),
        (error: unknown) => this.#resume('throw', error),
      );
    } catch (error) {
      this.#settle((request) => request.reject(error));
    }
  }

  #continue(step: { how: Resumption; awaited: Awaited | undefined; done: boolean }, settled: unknown): void {
    const { awaited } = step;
    if (awaited === undefined) {
      this.#settle((request) => request.resolve({ value: settled, done: step.done }));
      return;
    }
    // A `return` that waits in a `finally` goes on with what it waited for; only `yield*` passes the return on.
    const how: Resumption = step.how === 'return' && awaited.delegated ? 'return' : 'next';
    if (!awaited.delegated || (settled as IteratorResult<unknown>).done === true) {
      this.#resume(how, settled);
      return;
    }
    try {
      const { value } = resumeBody(this.#body, how, settled);
      this.#settle((request) => request.resolve({ value, done: false }));
    } catch (error) {
      this.#settle((request) => request.reject(error));
    }
  }

  #settle(settle: (request: Request) => void): void {
    const settled = this.#requests.shift();
    if (settled !== undefined) settle(settled);
    const following = this.#requests[0];
    if (following === undefined) return;
    this.#frames.set(following.frame);
    this.#resume(following.how, following.argument);
  }
}

type GeneratorFunction = (this: unknown, ...args: unknown[]) => Body;

/** `async function*`, given its body as a plain generator function. */
export function wrapAsyncGenerator(frames: FrameAccess): (body: GeneratorFunction) => unknown {
  return (body) =>
    function (this: unknown, ...args: unknown[]): LoweredAsyncGenerator {
      return new LoweredAsyncGenerator(Reflect.apply(body, this, args), frames);
    };
}

/** `await` inside an async generator. */
export function awaitInGenerator(value: unknown): Awaited {
  return new Awaited(value, false);
}

interface InnerIterator {
  next(value: unknown): unknown;
  return?(value: unknown): unknown;
  throw?(value: unknown): unknown;
}

/** `yield*` inside an async generator: hands every request to the inner iterator and passes its results on. */
export function delegateTo(inner: InnerIterator): Iterator<unknown> & Iterable<unknown> {
  let waiting = false;
  const pass = (call: (value: unknown) => unknown) => (value: unknown) => {
    if (waiting) {
      waiting = false;
      return value as IteratorResult<unknown>;
    }
    waiting = true;
    return { done: false, value: new Awaited(new Promise((resolve) => resolve(call(value))), true) };
  };
  const outer: Iterator<unknown> & Iterable<unknown> = {
    next: pass((value) => inner.next(value)),
    [Symbol.iterator]() {
      return outer;
    },
  };
  if (inner.return) outer.return = pass((value) => inner.return?.(value));
  if (inner.throw) {
    const passThrow = pass((value) => inner.throw?.(value));
    outer.throw = (error) => {
      if (!waiting) return passThrow(error);
      waiting = false;
      throw error;
    };
  }
  return outer;
}
