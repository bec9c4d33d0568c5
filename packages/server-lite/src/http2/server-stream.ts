import type { FrameSender, SendingStream } from './frame-sender.ts';

/** Hears what the other side sends on a stream. */
export interface StreamReceiver {
  /** The bytes are good for the time of the call. */
  data(bytes: Buffer): void;
  /** Nothing more will come. */
  end(): void;
  /** The stream is gone before it was ended here: nobody will hear an answer. */
  aborted(): void;
}

/** One request and its answer. What is sent after the end goes nowhere. */
export class ServerStream implements SendingStream {
  readonly id: number;
  readonly waiting: Uint8Array[] = [];
  readonly #sender: FrameSender;
  sendWindow: number;
  trailers: Uint8Array | undefined;
  receiver: StreamReceiver | undefined;
  /** Bytes that the other side may still send. */
  receiveWindow: number;
  receivedAll = false;
  /** Ended from here, or gone. */
  ended = false;

  constructor(id: number, sender: FrameSender, receiveWindow: number) {
    this.id = id;
    this.#sender = sender;
    this.sendWindow = sender.initialWindow;
    this.receiveWindow = receiveWindow;
  }

  headers(block: Uint8Array): void {
    if (!this.ended) this.#sender.headers(this, block);
  }

  data(bytes: Uint8Array): void {
    if (!this.ended) this.#sender.data(this, bytes);
  }

  /** The last of it: the only header block of the answer, or one behind all data. */
  end(block: Uint8Array): void {
    if (this.ended) return;
    this.ended = true;
    this.#sender.end(this, block);
  }
}
