import { composeInterceptors as compose, type Next, type UntypedFunction } from '@reprise/common';
import { captureFrame, runWith } from '../scope/async-scope.ts';

/**
 * One function out of interceptors and the innermost function. `next` runs with the random source that was current when
 * the interceptor was called, so that a stream that the interceptor uses does not reach workflow code. Without an
 * interceptor of this method, `next` itself is returned: nothing is added to the path.
 */
export function composeInterceptors<Interceptor extends object, Method extends keyof Interceptor>(
  interceptors: readonly object[],
  method: Method,
  next: Next<Interceptor, Method>,
): Next<Interceptor, Method> {
  if (interceptors.length === 0) return next;
  const bound = interceptors.map((interceptor) => withOuterRandom(interceptor as Interceptor, method));
  return compose<Interceptor, Method>(bound, method, next);
}

function withOuterRandom<Interceptor extends object, Method extends keyof Interceptor>(
  interceptor: Interceptor,
  method: Method,
): Interceptor {
  const own: unknown = interceptor[method];
  if (typeof own !== 'function') return {} as Interceptor;
  const call = (input: unknown, next: UntypedFunction): unknown => {
    const { random } = captureFrame();
    const bound = (nextInput: unknown): unknown => runWith({ random }, () => next(nextInput) as unknown);
    return Reflect.apply(own, interceptor, [input, bound]) as unknown;
  };
  return { [method]: call } as unknown as Interceptor;
}
