import { type FrameHead, frameHeadBytes, writeFrameHead } from '@reprise/proto/http2';

const chunkBytes = 32 * 1024;

/** Gathers frames, so that all that one step of the program has to say on a connection is written at once. */
export class OutputBuffer {
  readonly #write: (bytes: Uint8Array) => void;
  #chunk = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  #scheduled = false;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  frame(head: Omit<FrameHead, 'length'>, payload: Uint8Array): void {
    const { type, flags, streamId } = head;
    this.#reserve(frameHeadBytes + payload.length);
    const at = writeFrameHead(this.#chunk, this.#end, { length: payload.length, type, flags, streamId });
    this.#chunk.set(payload, at);
    this.#end = at + payload.length;
  }

  /** Frames that are ready. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#chunk.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#start === this.#end) return;
    // What is being written stays as it is; the room behind it is used next.
    const ready = this.#chunk.subarray(this.#start, this.#end);
    this.#start = this.#end;
    this.#write(ready);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes > this.#chunk.length) {
      this.flush();
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes));
      this.#start = 0;
      this.#end = 0;
    }
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(() => this.flush());
  }
}
