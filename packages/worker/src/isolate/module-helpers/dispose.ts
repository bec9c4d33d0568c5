/** `using` and `await using`: what was acquired is disposed of in reverse order, and errors are chained. */
interface Resource {
  readonly value: unknown;
  readonly dispose: ((this: unknown) => unknown) | undefined;
  readonly isAsync: boolean;
}

interface Environment {
  readonly stack: Resource[];
  error: unknown;
  hasError: boolean;
}

const asyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
const syncDispose: symbol = Symbol.dispose ?? Symbol.for('Symbol.dispose');

export function addDisposable(environment: Environment, value: unknown, isAsync: boolean): unknown {
  if (value === null || value === undefined) {
    if (isAsync) environment.stack.push({ value, dispose: undefined, isAsync });
    return value;
  }
  if (typeof value !== 'object' && typeof value !== 'function')
    throw new TypeError('A value of `using` must be an object, null or undefined');
  const own: unknown = isAsync ? Reflect.get(value, asyncDispose) : undefined;
  const plain: unknown = own ?? Reflect.get(value, syncDispose);
  if (typeof plain !== 'function')
    throw new TypeError(
      `The value of \`${isAsync ? 'await ' : ''}using\` has no ${isAsync ? 'Symbol.asyncDispose' : 'Symbol.dispose'} method`,
    );
  const dispose = plain as (this: unknown) => unknown;
  environment.stack.push({ value, isAsync, dispose: own === undefined && isAsync ? withoutResult(dispose) : dispose });
  return value;
}

/** A plain `dispose` under `await using`: its result is not awaited, its error rejects. */
function withoutResult(dispose: (this: unknown) => unknown): (this: unknown) => unknown {
  return function (this: unknown): unknown {
    try {
      Reflect.apply(dispose, this, []);
      return undefined;
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

interface SuppressedConstructor {
  new (error: unknown, suppressed: unknown, message?: string): Error;
}

function fail(environment: Environment, error: unknown): void {
  environment.error = environment.hasError ? suppressed(error, environment.error) : error;
  environment.hasError = true;
}

function suppressed(error: unknown, earlier: unknown): Error {
  const message = 'An error was suppressed during disposal.';
  const constructor = Reflect.get(globalThis, 'SuppressedError') as SuppressedConstructor | undefined;
  if (constructor !== undefined) return new constructor(error, earlier, message);
  return Object.assign(new Error(message), { name: 'SuppressedError', error, suppressed: earlier });
}

/** Gives a promise when something has to be awaited. */
export function disposeAll(environment: Environment): Promise<void> | undefined {
  let pendingAwait = false;
  let awaited = false;
  const step = (): Promise<void> | undefined => {
    for (let resource = environment.stack.pop(); resource !== undefined; resource = environment.stack.pop()) {
      try {
        if (!resource.isAsync && pendingAwait) {
          pendingAwait = false;
          environment.stack.push(resource);
          return Promise.resolve().then(step);
        }
        const result: unknown =
          resource.dispose === undefined ? undefined : Reflect.apply(resource.dispose, resource.value, []);
        if (resource.isAsync && resource.dispose !== undefined) {
          awaited = true;
          return Promise.resolve(result).then(step, (error: unknown) => {
            fail(environment, error);
            return step();
          });
        }
        if (resource.isAsync) pendingAwait = true;
      } catch (error) {
        fail(environment, error);
      }
    }
    if (pendingAwait && !awaited) return environment.hasError ? Promise.reject(environment.error) : Promise.resolve();
    if (environment.hasError) throw environment.error;
    return undefined;
  };
  return step();
}
