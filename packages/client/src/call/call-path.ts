/**
 * The one way a call of a client takes: context, headers, retry, transport.
 *
 * Owns the context of calls (deadline, signal, headers), which follows the chain of async calls.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { RpcError } from '@reprise/proto';
import type { CallOptions, MethodDefinition, Transport } from '@reprise/proto';
import { nest, toMs } from './call-context.ts';
import type { CallContext } from './call-context.ts';
import type { GrpcRetryOptions } from './retry.ts';
import { status } from './status.ts';

/** Makes calls over a transport, with retries, under the context of the caller. */
export class CallPath {
  readonly #transport: Transport;
  readonly #retry: GrpcRetryOptions | undefined;
  readonly #contexts = new AsyncLocalStorage<CallContext>();

  constructor(transport: Transport, retry: GrpcRetryOptions | undefined) {
    this.#transport = transport;
    this.#retry = retry;
  }

  /** Runs `fn` so that its calls, and those of what it awaits, hold to `context` too. */
  within<R>(context: CallContext, fn: () => Promise<R>): Promise<R> {
    return this.#contexts.run(nest(this.#contexts.getStore() ?? {}, context), fn);
  }

  async call<Request, Response>(method: MethodDefinition<Request, Response>, request: Request): Promise<Response> {
    const options = toCallOptions(this.#contexts.getStore() ?? {});
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#transport.unary(method, request, options);
      } catch (error) {
        const delayMs = this.#delayMs(error, attempt, options);
        if (delayMs === undefined) throw error;
        await pause(delayMs, options.signal);
      }
    }
  }

  /** How long to wait before the next attempt; undefined when there is none. */
  #delayMs(error: unknown, attempt: number, { deadlineMs, signal }: CallOptions): number | undefined {
    const retry = this.#retry;
    if (retry === undefined || !(error instanceof RpcError) || signal?.aborted === true) return undefined;
    if (!retry.retryableDecider(attempt, error)) return undefined;
    const delayMs = retry.delayFunction(attempt, error);
    if (deadlineMs !== undefined && Date.now() + delayMs >= deadlineMs) return undefined;
    return delayMs;
  }
}

function toCallOptions({ deadline, abortSignal, metadata }: CallContext): CallOptions {
  return {
    ...(deadline !== undefined && { deadlineMs: toMs(deadline) }),
    ...(abortSignal !== undefined && { signal: abortSignal }),
    ...(metadata !== undefined && { metadata }),
  };
}

async function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(delayMs, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    throw new RpcError({ code: status.CANCELLED, details: 'Cancelled on client', cause });
  }
}
