/**
 * Carries calls over a channel of grpc-js, for connections with options that only grpc-js understands. Owns the channel:
 * nothing opens before the first call or `waitForReady`.
 */
import type {
  CallOptions as GrpcCallOptions,
  ChannelCredentials,
  ChannelOptions,
  Client,
  Interceptor,
  Metadata,
  ServiceError,
} from '@grpc/grpc-js';
import { RpcError } from '@reprise/proto';
import type { CallOptions, MethodDefinition, Transport } from '@reprise/proto';
import { grpcJs } from './grpc-js.ts';

export interface GrpcJsTransportOptions {
  readonly address: string;
  readonly credentials: ChannelCredentials;
  readonly channelArgs: ChannelOptions;
  readonly interceptors: readonly Interceptor[];
}

/** A channel of grpc-js as a `Transport`. */
export class GrpcJsTransport implements Transport {
  readonly #client: Client;
  /** The gRPC form of headers that never change; interceptors may change the form, so with them there is none. */
  readonly #known: WeakMap<object, Metadata> | undefined;

  constructor({ address, credentials, channelArgs, interceptors }: GrpcJsTransportOptions) {
    const { Client } = grpcJs();
    this.#known = interceptors.length === 0 ? new WeakMap() : undefined;
    this.#client = new Client(address, credentials, { ...channelArgs, interceptors: [...interceptors] });
  }

  unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const { signal } = options;
    if (signal?.aborted === true) return Promise.reject(aborted(signal));
    const call = this.#client.makeUnaryRequest(
      method.path,
      (value: Request) => asBuffer(method.encodeRequest(value)),
      (bytes: Buffer) => method.decodeResponse(bytes),
      request,
      this.#metadataOf(options.metadata),
      toGrpcOptions(options),
      (error, response) => {
        signal?.removeEventListener('abort', cancel);
        if (error !== null) reject(toRpcError(error));
        else if (response === undefined) reject(new RpcError({ code: 13, details: `${method.path} answered nothing` }));
        else resolve(response);
      },
    );
    function cancel(): void {
      call.cancel();
    }
    signal?.addEventListener('abort', cancel, { once: true });
    return promise;
  }

  #metadataOf(entries: CallOptions['metadata']): Metadata {
    if (this.#known === undefined || entries === undefined || !Object.isFrozen(entries)) return toGrpcMetadata(entries);
    let metadata = this.#known.get(entries);
    if (metadata === undefined) this.#known.set(entries, (metadata = toGrpcMetadata(entries)));
    return metadata;
  }

  /** Resolves when the channel is connected; rejects at the deadline. */
  waitForReady(deadlineMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.waitForReady(deadlineMs, (error) => {
        if (error === undefined) resolve();
        else reject(error);
      });
    });
  }

  close(): Promise<void> {
    this.#client.close();
    return Promise.resolve();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toGrpcOptions({ deadlineMs }: CallOptions): GrpcCallOptions {
  return deadlineMs === undefined ? {} : { deadline: deadlineMs };
}

function toGrpcMetadata(entries: CallOptions['metadata']): Metadata {
  const { Metadata } = grpcJs();
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries ?? {})) {
    metadata.set(key, typeof value === 'string' ? value : asBuffer(value));
  }
  return metadata;
}

function toRpcError(error: ServiceError): RpcError {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  return new RpcError({
    code: error.code,
    details: error.details,
    statusDetails: bytes instanceof Uint8Array ? bytes : undefined,
    cause: error,
  });
}

function aborted(signal: AbortSignal): RpcError {
  return new RpcError({ code: 1, details: 'Cancelled on client', cause: signal.reason });
}
