/** Carries calls over a channel of our own. Nothing opens before the first call or `waitForReady`. */
import { RpcError } from '@reprise/proto';
import type { CallOptions, MethodDefinition, Transport } from '@reprise/proto';
import { status } from '../call/status.ts';
import type { HeaderList } from '@reprise/proto/http2';
import { callHeaders } from './channel/call-headers.ts';
import { Cancellations } from './channel/cancellations.ts';
import { Channel } from './channel/channel.ts';
import { Deadlines } from './channel/deadlines.ts';
import { UnaryCall } from './channel/unary-call.ts';
import type { CallParts } from './channel/unary-call.ts';
import type { ChannelPlan } from './channel-plan.ts';
import { dial } from './dial/dial.ts';

const PREFIX_BYTES = 5;
/** Shorter messages hardly get shorter. */
const WORTH_COMPRESSING = 512;
const none = Object.freeze({});

export class GrpcTransport implements Transport {
  readonly #plan: ChannelPlan;
  readonly #channel: Channel;
  readonly #parts: CallParts;
  /** The headers of each method, for headers of a connection that never change. */
  readonly #known = new WeakMap<object, Map<string, HeaderList>>();

  constructor(plan: ChannelPlan) {
    this.#plan = plan;
    const { address, keepalive, reconnect, route } = plan;
    this.#channel = new Channel({ address, keepalive, reconnect, dial: (signal) => dial(route, signal) });
    this.#parts = { queue: this.#channel, cancellations: new Cancellations(), deadlines: new Deadlines() };
  }

  unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    { deadlineMs, metadata, signal }: CallOptions,
  ): Promise<Response> {
    if (signal?.aborted === true) {
      const details = 'Cancelled on client';
      return Promise.reject(new RpcError({ code: status.CANCELLED, details, cause: signal.reason }));
    }
    return new Promise((resolve, reject) => {
      const body = this.#body(method, request);
      const headers = this.#headers(method.path, metadata ?? none);
      const { maxReceiveBytes } = this.#plan;
      const full = { method, headers, body, deadlineMs, signal, maxReceiveBytes };
      this.#channel.start(new UnaryCall(full, this.#parts, { resolve, reject }));
    });
  }

  /** Resolves when the channel is connected; rejects at the deadline. */
  waitForReady(deadlineMs: number): Promise<void> {
    return this.#channel.waitForReady(deadlineMs);
  }

  close(): Promise<void> {
    this.#channel.close();
    return Promise.resolve();
  }

  #body<Request, Response>(method: MethodDefinition<Request, Response>, request: Request): Uint8Array {
    const message = encoded(method, request);
    const { maxSendBytes } = this.#plan;
    if (maxSendBytes >= 0 && message.length > maxSendBytes) {
      const details = `Attempted to send message with a size larger than ${String(maxSendBytes)}`;
      throw new RpcError({ code: status.RESOURCE_EXHAUSTED, details });
    }
    return this.#plan.compresses && message.length >= WORTH_COMPRESSING
      ? prefixed(process.getBuiltinModule('node:zlib').gzipSync(message), 1)
      : prefixed(message, 0);
  }

  #headers(path: string, metadata: NonNullable<CallOptions['metadata']>): HeaderList {
    if (!Object.isFrozen(metadata)) return callHeaders(path, this.#plan.identity, metadata);
    let ofMetadata = this.#known.get(metadata);
    if (ofMetadata === undefined) this.#known.set(metadata, (ofMetadata = new Map()));
    let headers = ofMetadata.get(path);
    if (headers === undefined) {
      ofMetadata.set(path, (headers = callHeaders(path, this.#plan.identity, metadata)));
    }
    return headers;
  }
}

function prefixed(message: Uint8Array, flag: 0 | 1): Uint8Array {
  const body = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  body[0] = flag;
  body.writeUInt32BE(message.length, 1);
  body.set(message, PREFIX_BYTES);
  return body;
}

function encoded<Request, Response>(method: MethodDefinition<Request, Response>, request: Request): Uint8Array {
  try {
    return method.encodeRequest(request);
  } catch (cause) {
    const details = `Request message serialization failure: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new RpcError({ code: status.INTERNAL, details, cause });
  }
}
