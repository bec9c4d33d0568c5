import type { Payload } from '../../payload-shape.ts';
import type { WalkEnv } from './walk.ts';

/** Runs a function when there is room for it, and gives what it gives. */
export type ConcurrencyLimit = <T>(fn: () => Promise<T>) => Promise<T>;

/** What is done with the payloads of a message. */
export interface VisitOptions<Context> {
  /** For a field with one payload, and for each value of a map. */
  transformPayload: (payload: Payload, context: Context, abortSignal?: AbortSignal) => Promise<Payload>;
  /** For a list of payloads; as many as it gives take their place. */
  transformPayloads: (payloads: Payload[], context: Context, abortSignal?: AbortSignal) => Promise<Payload[]>;
  /** Called with every message on the way; its payloads get what it returns. Default: the context around it. */
  deriveContext?: (message: object, typeName: string, context: Context) => Context;
  /** The context of the whole message. Default: undefined. */
  initialContext?: Context;
  /** How many transforms run at a time. Default: one after the other. */
  limit?: ConcurrencyLimit;
  /** Default: false. */
  skipHeaders?: boolean;
  /** Default: false. */
  skipSearchAttributes?: boolean;
  /** Ends the visit, and is handed on to the transforms. */
  abortSignal?: AbortSignal;
}

/**
 * Replaces the payloads of a message in place by what the transforms make of them.
 *
 * @param walk the function for the type of the message, such as `walkGetWorkflowExecutionHistoryResponse`
 * @throws what the first transform that fails throws, when all that have started have ended; no more are started then
 * @example
 * await visit({ history }, walkGetWorkflowExecutionHistoryResponse, {
 *   transformPayload: async (payload) => (await codec.decode([payload]))[0] ?? payload,
 *   transformPayloads: (payloads) => codec.decode(payloads),
 * });
 */
export async function visit<Root, Context = void>(
  root: Root,
  walk: (root: Root, env: WalkEnv<Context>, context: Context) => Promise<unknown>[],
  options: VisitOptions<Context>,
): Promise<void> {
  const { transformPayload, transformPayloads, limit = oneByOne(), abortSignal } = options;
  let failure: { readonly reason: unknown } | undefined;
  const check = (): void => {
    const given: { readonly aborted?: boolean; readonly reason?: unknown } | undefined = abortSignal;
    if (given?.aborted === true) failure ??= { reason: given.reason };
    if (failure !== undefined) throw failure.reason;
  };
  const limited = async <T>(transform: () => Promise<T>): Promise<T> => {
    check();
    return await limit(async () => {
      check();
      try {
        return await transform();
      } catch (error) {
        failure ??= { reason: error };
        throw error;
      }
    });
  };
  const env: WalkEnv<Context> = {
    transformPayload: (payload, context) => limited(() => transformPayload(payload, context, abortSignal)),
    transformPayloads: (payloads, context) => limited(() => transformPayloads(payloads, context, abortSignal)),
    deriveContext: options.deriveContext,
    skipHeaders: options.skipHeaders ?? false,
    skipSearchAttributes: options.skipSearchAttributes ?? false,
  };
  const settled = await Promise.allSettled(walk(root, env, options.initialContext as Context));
  for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
}

function oneByOne(): ConcurrencyLimit {
  let last: Promise<unknown> = Promise.resolve();
  return (fn) => {
    const next = last.then(fn);
    last = next.catch(() => undefined);
    return next;
  };
}
