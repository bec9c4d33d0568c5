import { RpcError, type CallOptions, type MethodDefinition, type Transport } from '@reprise/proto';
import { StatusCode } from '../errors.ts';
import type { Frontend } from './frontend.ts';
import type { Call } from './rpc.ts';
import { wireStatus } from './status.ts';

const never = new AbortController().signal;

function callOf(options: CallOptions): { call: Call; release: () => void } {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.metadata ?? {})) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  if (options.deadlineMs === undefined) {
    return { call: { deadlineMs: undefined, signal: options.signal ?? never, headers }, release: () => {} };
  }
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, Math.max(0, options.deadlineMs - Date.now()));
  options.signal?.addEventListener('abort', abort, { once: true });
  if (options.signal?.aborted) abort();
  return {
    call: { deadlineMs: options.deadlineMs, signal: controller.signal, headers },
    release: () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    },
  };
}

function rpcError(error: unknown): RpcError {
  const { code, message, details } = wireStatus(error);
  return new RpcError({ code, details: message, statusDetails: details, cause: error });
}

/** Rejects as soon as the caller's time is up or it gives up, as a network transport would. */
function untilAborted(call: Call, options: CallOptions): { promise: Promise<never>; stop: () => void } {
  let stop = (): void => {};
  const promise = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      const gaveUp = options.signal?.aborted === true;
      reject(
        new RpcError(
          gaveUp
            ? { code: StatusCode.CANCELLED, details: 'Cancelled on client' }
            : { code: StatusCode.DEADLINE_EXCEEDED, details: 'Deadline exceeded' },
        ),
      );
    };
    call.signal.addEventListener('abort', onAbort, { once: true });
    stop = () => call.signal.removeEventListener('abort', onAbort);
    if (call.signal.aborted) onAbort();
  });
  return { promise, stop };
}

/** Calls that may follow each other without a turn of the event loop between them. */
const MAX_CALLS_A_TURN = 100;

/**
 * Lets the event loop turn every so often. Answers without a network take microtasks alone, so that a caller who asks
 * again until something has changed would otherwise keep everything else from happening.
 */
function turns(): () => Promise<void> | undefined {
  let calls = 0;
  return () => {
    if (calls++ === 0) setImmediate(() => (calls = 0));
    return calls > MAX_CALLS_A_TURN ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  };
}

/**
 * Calls the frontend directly. Requests and responses still pass through their encoding, so that neither side can reach
 * into the other's objects, and both see exactly what they would see over a network.
 */
export function inProcessTransport(frontend: Frontend, closed: () => boolean): Transport {
  const nextTurn = turns();
  return {
    async unary<Request, Response>(
      method: MethodDefinition<Request, Response>,
      request: Request,
      options: CallOptions,
    ): Promise<Response> {
      if (closed()) {
        throw new RpcError({
          code: StatusCode.UNAVAILABLE,
          details: 'expected a running server, found one that has been stopped',
        });
      }
      const turn = nextTurn();
      if (turn !== undefined) await turn;
      const { call, release } = callOf(options);
      const aborted = untilAborted(call, options);
      try {
        const copy = method.decodeRequest(method.encodeRequest(request)) as object;
        const target = { service: method.service, method: method.name.charAt(0).toLowerCase() + method.name.slice(1) };
        const response = await Promise.race([frontend.call(target, copy, call), aborted.promise]);
        return method.decodeResponse(method.encodeResponse(response as Response));
      } catch (error) {
        throw error instanceof RpcError ? error : rpcError(error);
      } finally {
        aborted.stop();
        release();
      }
    },
    close: () => Promise.resolve(),
  };
}
