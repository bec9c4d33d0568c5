/**
 * One call, from the moment it is asked for until its promise is settled. It is on its way over a connection, or waits for
 * one in its channel.
 *
 * I1. A call is settled once; by then nothing of it is left in its channel, on a connection, at its deadline or at a signal.
 * I2. A call goes over a second connection only when the first peer has said that it did not look at it.
 */
import { RpcError } from '@reprise/proto';
import type { HeaderField, HeaderList } from '@reprise/proto/http2';
import { status } from '../../call/status.ts';
import type { Http2Connection, StreamFailure, StreamOwner } from '../../http2/http2-connection.ts';
import { grpcTimeout } from './call-headers.ts';
import { statusOfHttp, statusOfReset, statusOfTrailers } from './call-status.ts';
import type { CallStatus } from './call-status.ts';
import type { Cancellable, Cancellations } from './cancellations.ts';
import type { Deadlines, Expiring } from './deadlines.ts';
import type { Place } from './linked-list.ts';
import { MessageReader, MessageRefusal } from './message-reader.ts';

/** Where calls wait. */
export interface CallQueue {
  /** The call is to be made, or made again. */
  start(call: UnaryCall): void;
  /** The call does not wait any more. */
  leave(call: UnaryCall): void;
  /** Where calls go, and why they do not: for the message of a deadline. */
  describe(): string;
}

export interface CallRequest {
  readonly method: { decodeResponse(bytes: Uint8Array): unknown };
  readonly headers: HeaderList;
  /** Prefix and message. */
  readonly body: Uint8Array;
  readonly deadlineMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly maxReceiveBytes: number;
}

/** A call that two servers did not want is not offered to a third. */
const MAX_RESTARTS = 2;

/** Where calls come and go. */
export interface CallParts {
  readonly queue: CallQueue;
  readonly cancellations: Cancellations;
  readonly deadlines: Deadlines;
}

export class UnaryCall implements StreamOwner, Expiring {
  readonly deadlineMs: number;
  readonly #request: CallRequest;
  readonly #parts: CallParts;
  readonly #resolve: (response: unknown) => void;
  readonly #reject: (error: RpcError) => void;
  readonly #startedMs: number;
  readonly #atDeadline: Place<Expiring> | undefined;
  readonly #atSignal: Place<Cancellable> | undefined;
  #isSettled = false;
  #stream: { readonly connection: Http2Connection; readonly streamId: number } | undefined;
  #restarts = 0;
  #reader: MessageReader;
  #httpStatus: string | undefined;
  #grpcStatus: string | undefined;
  #grpcMessage: string | undefined;
  #statusDetails: string | undefined;
  #encoding = 'identity';

  constructor(
    request: CallRequest,
    parts: CallParts,
    settle: { readonly resolve: (response: never) => void; readonly reject: (error: RpcError) => void },
  ) {
    this.#request = request;
    this.#parts = parts;
    this.#resolve = settle.resolve as (response: unknown) => void;
    this.#reject = settle.reject;
    this.#reader = new MessageReader(request.maxReceiveBytes);
    this.#startedMs = Date.now();
    const { deadlineMs, signal } = request;
    this.deadlineMs = deadlineMs ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(this.deadlineMs)) this.#atDeadline = parts.deadlines.add(this);
    if (signal !== undefined) this.#atSignal = parts.cancellations.add(signal, this);
  }

  /** Goes over this connection, which has room. */
  begin(connection: Http2Connection): void {
    const { headers, body, deadlineMs } = this.#request;
    const once =
      deadlineMs === undefined ? undefined : (['grpc-timeout', grpcTimeout(deadlineMs - Date.now())] as const);
    this.#stream = { connection, streamId: connection.open(this, { headers, once, body }) };
  }

  /** Ends it from this side. */
  giveUp(code: number, details: string, cause?: unknown): void {
    if (this.#isSettled) return;
    if (this.#stream === undefined) this.#parts.queue.leave(this);
    else this.#stream.connection.cancel(this.#stream.streamId);
    this.#settle({ code, details }, undefined, cause);
  }

  /** The deadline has come. */
  expire(): void {
    const tookS = ((Date.now() - this.#startedMs) / 1000).toFixed(3);
    this.giveUp(status.DEADLINE_EXCEEDED, `Deadline exceeded after ${tookS}s,${this.#parts.queue.describe()}`);
  }

  takeHeader(field: HeaderField): void {
    const value = field[1];
    switch (field[0]) {
      case ':status':
        this.#httpStatus = value;
        break;
      case 'grpc-status':
        this.#grpcStatus = value;
        break;
      case 'grpc-message':
        this.#grpcMessage = value;
        break;
      case 'grpc-status-details-bin':
        this.#statusDetails = value;
        break;
      case 'grpc-encoding':
        this.#encoding = value;
        break;
    }
  }

  endHeaders(): void {
    // Interim answers say nothing of the final one.
    if (this.#httpStatus?.startsWith('1') === true) this.#httpStatus = undefined;
  }

  takeData(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isSettled) return;
    try {
      this.#reader.take(bytes, start, end);
    } catch (error) {
      this.#refuse(error);
    }
  }

  end(): void {
    this.#stream = undefined;
    const ended = statusOfTrailers({
      httpStatus: this.#httpStatus,
      grpcStatus: this.#grpcStatus,
      grpcMessage: this.#grpcMessage,
      statusDetails: this.#statusDetails,
    });
    if (ended.code !== status.OK) return this.#settle(ended);
    try {
      const message = this.#reader.message(this.#encoding);
      if (message === undefined) this.#settle({ code: status.INTERNAL, details: 'No message received' });
      else this.#settle(ended, message);
    } catch (error) {
      this.#refuse(error);
    }
  }

  fail(failure: StreamFailure): void {
    this.#stream = undefined;
    if (failure.kind === 'reset') return this.#settle(statusOfReset(failure.errorCode));
    if (failure.kind === 'lost') {
      return this.#settle({ code: status.UNAVAILABLE, details: failure.error.message }, undefined, failure.error);
    }
    if (this.#restarts++ >= MAX_RESTARTS) {
      return this.#settle({ code: status.UNAVAILABLE, details: 'Stream refused by server' });
    }
    this.#parts.queue.start(this); // I2
  }

  /** What the server sent cannot be taken. What a stranger on the way says of itself tells more than that. */
  #refuse(error: unknown): void {
    if (!(error instanceof MessageRefusal)) throw error;
    const { code, details } =
      this.#httpStatus === undefined || this.#httpStatus === '200' ? error.status : statusOfHttp(this.#httpStatus);
    this.giveUp(code, details);
  }

  /** I1. */
  #settle(ended: CallStatus, message?: Uint8Array, cause?: unknown): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    if (this.#atDeadline !== undefined) this.#parts.deadlines.remove(this.#atDeadline);
    const { signal, method } = this.#request;
    if (signal !== undefined && this.#atSignal !== undefined) this.#parts.cancellations.remove(signal, this.#atSignal);
    if (message === undefined) return this.#reject(new RpcError({ ...ended, cause }));
    try {
      this.#resolve(method.decodeResponse(message));
    } catch (error) {
      const details = `Response message parsing error: ${error instanceof Error ? error.message : String(error)}`;
      this.#reject(new RpcError({ code: status.INTERNAL, details, cause: error }));
    }
  }
}
