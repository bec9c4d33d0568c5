import type { Payload } from './payload-shape.ts';
import type { Untyped, UntypedFunction } from './untyped.ts';

/** Headers travel beside the arguments of workflows, activities, signals, queries and updates. */
export type Headers = Record<string, Payload>;

type WithoutLast<Parameters extends readonly unknown[]> = Parameters extends [...infer Rest, Untyped] ? Rest : never;

/** The function that an interceptor method calls to go on: the method itself without its last parameter. */
export type Next<Interceptor, Method extends keyof Interceptor> = Required<Interceptor>[Method] extends UntypedFunction
  ? (...args: WithoutLast<Parameters<Required<Interceptor>[Method]>>) => ReturnType<Required<Interceptor>[Method]>
  : never;

type InterceptorMethod = (input: Untyped, next: UntypedFunction) => Untyped;

/**
 * One function out of a list of interceptors and the innermost function; the first interceptor is the outermost.
 * Interceptors without the method take no part. With none left, `next` itself is returned, so nothing is added.
 */
export function composeInterceptors<Interceptor extends object, Method extends keyof Interceptor>(
  interceptors: readonly Interceptor[],
  method: Method,
  next: Next<Interceptor, Method>,
): Next<Interceptor, Method> {
  let composed: UntypedFunction = next;
  for (let i = interceptors.length - 1; i >= 0; i--) {
    const interceptor = interceptors[i];
    const own = interceptor?.[method];
    if (interceptor === undefined || typeof own !== 'function') continue;
    const inner = composed;
    const call = own as InterceptorMethod;
    composed = (input: Untyped) => call.call(interceptor, input, inner);
  }
  return composed as Next<Interceptor, Method>;
}
