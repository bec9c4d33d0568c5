import { statusName } from './status-code.ts';

/**
 * The one shape of a unary call, whatever carries it: a gRPC channel, or a server in the same process.
 */
export interface MethodDefinition<Request = object, Response = object> {
  /** Fully qualified, such as `temporal.api.workflowservice.v1.WorkflowService`. */
  readonly service: string;
  /** PascalCase, such as `StartWorkflowExecution`. */
  readonly name: string;
  /** `/service/Method`. */
  readonly path: string;
  readonly requestType: string;
  readonly responseType: string;
  /** The server answers with a stream, which a `Transport` does not carry. */
  readonly responseStream?: true;
  encodeRequest(request: Request): Uint8Array;
  decodeRequest(bytes: Uint8Array): Request;
  encodeResponse(response: Response): Uint8Array;
  decodeResponse(bytes: Uint8Array): Response;
}

export interface CallOptions {
  /** Absolute, ms since epoch. */
  deadlineMs?: number;
  metadata?: Record<string, string | Uint8Array>;
  signal?: AbortSignal;
}

/** Rejects with an `RpcError`. */
export interface Transport {
  unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response>;
  close(): Promise<void>;
}

const rpcErrorBrand = Symbol.for('__reprise_isRpcError');

/** A call that the other side, or the way to it, answered with a gRPC status other than OK. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly [rpcErrorBrand] = true;
  /** gRPC status code, 1 to 16. */
  readonly code: number;
  /** The status message, without the code. */
  readonly details: string;
  /** Serialized google.rpc.Status, as `grpc-status-details-bin` carries it. */
  readonly statusDetails: Uint8Array | undefined;

  constructor(options: { code: number; details: string; statusDetails?: Uint8Array | undefined; cause?: unknown }) {
    super(`${options.code} ${statusName(options.code)}: ${options.details}`, { cause: options.cause });
    this.code = options.code;
    this.details = options.details;
    this.statusDetails = options.statusDetails;
  }

  /** Knows the errors of every copy of the package. */
  static override [Symbol.hasInstance](candidate: unknown): boolean {
    return typeof candidate === 'object' && candidate !== null && rpcErrorBrand in candidate;
  }
}
