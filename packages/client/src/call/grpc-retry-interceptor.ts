import type { InterceptingCall, Interceptor, Metadata, StatusObject } from '@grpc/grpc-js';
import { grpcJs } from '../grpc/grpc-js.ts';
import { defaultGrpcRetryOptions } from './retry.ts';
import type { GrpcRetryOptions } from './retry.ts';
import { status } from './status.ts';

/** Who waits for the call. */
interface Caller {
  onReceiveMetadata(metadata: Metadata): void;
  onReceiveMessage(message: unknown): void;
  onReceiveStatus(received: StatusObject): void;
}

/**
 * A gRPC interceptor that makes failed unary calls again, for connections with a list of interceptors of their own.
 *
 * @example
 * ```ts
 * await Connection.connect({ interceptors: [logCalls, makeGrpcRetryInterceptor()] });
 * ```
 */
export function makeGrpcRetryInterceptor(retry: GrpcRetryOptions = defaultGrpcRetryOptions()): Interceptor {
  return (options, nextCall) => {
    const { InterceptingCall, Metadata } = grpcJs();
    let request: unknown;
    let metadata = new Metadata();
    let cancelled = false;
    const firstCall = nextCall(options);
    let current: InterceptingCall | undefined;
    let listener: Caller = {
      onReceiveMetadata: () => undefined,
      onReceiveMessage: () => undefined,
      onReceiveStatus: () => undefined,
    };

    const attemptCall = (attempt: number): void => {
      let response: unknown;
      let headers: Metadata | undefined;
      const call = new InterceptingCall(attempt === 1 ? firstCall : nextCall(options));
      current = call;
      call.start(metadata.clone(), {
        onReceiveMetadata: (received) => {
          headers = received;
        },
        onReceiveMessage: (message: unknown) => {
          response = message;
        },
        onReceiveStatus: (received: StatusObject) => {
          const delayMs = cancelled ? undefined : delayBefore(attempt + 1, received);
          if (delayMs !== undefined) {
            setTimeout(() => attemptCall(attempt + 1), delayMs);
            return;
          }
          if (headers !== undefined) listener.onReceiveMetadata(headers);
          if (response !== undefined) listener.onReceiveMessage(response);
          listener.onReceiveStatus(received);
        },
      });
      call.sendMessage(request);
      call.halfClose();
    };

    const delayBefore = (attempt: number, received: StatusObject): number | undefined => {
      if (received.code === status.OK || !retry.retryableDecider(attempt - 1, received)) return undefined;
      const delayMs = retry.delayFunction(attempt - 1, received);
      const deadlineMs = options.deadline === undefined ? Number.POSITIVE_INFINITY : Number(options.deadline);
      return Date.now() + delayMs < deadlineMs ? delayMs : undefined;
    };

    return new InterceptingCall(firstCall, {
      start(startMetadata, startListener) {
        metadata = startMetadata;
        listener = startListener;
      },
      sendMessage(message: unknown) {
        request = message;
      },
      halfClose() {
        attemptCall(1);
      },
      cancel() {
        cancelled = true;
        current?.cancelWithStatus(status.CANCELLED, 'Cancelled on client');
      },
    });
  };
}
