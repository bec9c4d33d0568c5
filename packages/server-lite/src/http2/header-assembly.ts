import { Http2Error, Http2ErrorCode } from '@reprise/proto/http2';
import { protocolError } from './frame-payload.ts';

interface HeaderBlock {
  readonly streamId: number;
  readonly isLast: boolean;
  readonly bytes: Buffer;
}

/** Puts a header block together that comes in several frames, which no other frame may interrupt. */
export class HeaderAssembly {
  readonly #mostBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #open: { readonly streamId: number; readonly isLast: boolean } | undefined;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** @throws Http2Error when frames of another kind or stream come before the block is complete */
  checkOrder(streamId: number, isContinuation: boolean): void {
    if (isContinuation === (this.#open !== undefined) && (!this.#open || this.#open.streamId === streamId)) return;
    throw protocolError(
      this.#open
        ? `expected the rest of the headers of stream ${this.#open.streamId}`
        : 'found a CONTINUATION of nothing',
    );
  }

  begin(streamId: number, isLast: boolean): void {
    this.#open = { streamId, isLast };
    this.#parts = [];
    this.#bytes = 0;
  }

  /**
   * @returns the block, when this was the end of it
   * @throws Http2Error when there is too much of it
   */
  add(part: Buffer, isEnd: boolean): HeaderBlock | undefined {
    const open = this.#open;
    if (!open) throw protocolError('found headers of nothing');
    this.#bytes += part.length;
    if (this.#bytes > this.#mostBytes) {
      throw new Http2Error(Http2ErrorCode.ENHANCE_YOUR_CALM, `expected headers of ${this.#mostBytes} bytes at most`);
    }
    if (isEnd && this.#parts.length === 0) {
      this.#open = undefined;
      return { ...open, bytes: part };
    }
    this.#parts.push(Buffer.from(part));
    if (!isEnd) return undefined;
    this.#open = undefined;
    return { ...open, bytes: Buffer.concat(this.#parts) };
  }
}
