/**
 * A call over gRPC: messages in, messages out, and a status at the end.
 *
 * I1. A call ends once; what is sent or comes after that goes nowhere.
 */
import type { HeaderField } from '@reprise/proto/http2';
import { deadlineExceeded } from '../errors.ts';
import type { ServerStream, StreamReceiver } from '../http2/server-stream.ts';
import type { Call } from '../rpc/rpc.ts';
import { wireStatus } from '../rpc/status.ts';
import { decompress } from './decompress.ts';
import { frameMessage, MessageReader } from './message-reader.ts';
import { okTrailers, responseHead, statusBlock } from './status-block.ts';

/** Hears what the caller sends. What it throws ends the call. */
export interface CallReceiver {
  message(bytes: Buffer): void;
  /** The caller has nothing more to say. */
  end(): void;
}

/** Takes up a call of one method. */
export type Route = (call: GrpcStream) => CallReceiver;

export interface GrpcRequest {
  readonly fields: readonly HeaderField[];
  readonly timeoutMs: number | undefined;
  /** The longest message that is taken. */
  readonly mostBytes: number;
}

/** One for all: making an error takes longer than most of what a call does. */
const gone = new Error('the caller has gone away');
const longestTimerMs = 2 ** 31 - 1;

export class GrpcStream implements Call, StreamReceiver {
  readonly deadlineMs: number | undefined;
  readonly #stream: ServerStream;
  readonly #request: GrpcRequest;
  readonly #reader: MessageReader;
  readonly #timer: NodeJS.Timeout | undefined;
  #receiver: CallReceiver | undefined;
  #controller: AbortController | undefined;
  #headers: Record<string, string> | undefined;
  #hasAnswered = false;
  #isOver = false;
  #isGone = false;

  constructor(stream: ServerStream, request: GrpcRequest) {
    this.#stream = stream;
    this.#request = request;
    this.#reader = new MessageReader(request.mostBytes, (message, isCompressed) => this.#take(message, isCompressed));
    const { timeoutMs } = request;
    if (timeoutMs === undefined) return;
    this.deadlineMs = Date.now() + timeoutMs;
    // Callers watch the time themselves: this is for those that have gone away unseen. Full seconds share their timers.
    const waitMs = Math.ceil(timeoutMs / 1000) * 1000;
    if (waitMs <= longestTimerMs) this.#timer = setTimeout(expire, waitMs, this);
  }

  /** The abort signal is made when it is first asked for: most calls never look at it. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#isGone) this.#controller.abort(gone);
    }
    return this.#controller.signal;
  }

  /** The first value of each name. */
  get headers(): Readonly<Record<string, string>> {
    if (!this.#headers) {
      this.#headers = {};
      for (const [name, value] of this.#request.fields) this.#headers[name] ??= value;
    }
    return this.#headers;
  }

  begin(route: Route): void {
    this.#attempt(() => {
      this.#receiver = route(this);
    });
  }

  send(message: Uint8Array): void {
    if (this.#isOver) return;
    if (!this.#hasAnswered) this.#stream.headers(responseHead);
    this.#hasAnswered = true;
    this.#stream.data(frameMessage(message));
  }

  /** All went well. */
  succeed(): void {
    this.#finish(this.#hasAnswered ? okTrailers : statusBlock({ code: 0, message: '' }, { isWhole: true }));
  }

  fail(error: unknown): void {
    if (!this.#isOver) this.#finish(statusBlock(wireStatus(error), { isWhole: !this.#hasAnswered }));
  }

  data(bytes: Buffer): void {
    if (!this.#isOver) this.#attempt(() => this.#reader.push(bytes));
  }

  end(): void {
    if (!this.#isOver) this.#attempt(() => this.#receiver?.end());
  }

  aborted(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#leave();
  }

  expired(): void {
    if (this.#isOver) return;
    this.fail(deadlineExceeded('context deadline exceeded'));
    this.#leave();
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  #take(message: Buffer, isCompressed: boolean): void {
    if (this.#isOver) return;
    const encoding = isCompressed ? (this.headers['grpc-encoding'] ?? 'identity') : 'identity';
    this.#receiver?.message(decompress(message, encoding, this.#request.mostBytes));
  }

  #finish(block: Uint8Array): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#stream.end(block);
  }

  #leave(): void {
    this.#isGone = true;
    clearTimeout(this.#timer);
    this.#controller?.abort(gone);
  }
}

function expire(stream: GrpcStream): void {
  stream.expired();
}
