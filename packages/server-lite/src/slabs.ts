/**
 * Memory for bytes that may be kept long, cut from small slabs. Node's own pool is cut from slabs of 64 KB, which go with
 * their last piece: a memo of 100 bytes that outlives what came with it would keep all of one.
 */
const slabBytes = 4096;
/** Longer pieces are memory of their own. */
const mostShared = slabBytes / 4;

export class Slabs {
  #slab = Buffer.allocUnsafeSlow(slabBytes);
  #used = 0;

  /** What is in it is undefined. */
  take(bytes: number): Buffer {
    if (bytes > mostShared) return Buffer.allocUnsafeSlow(bytes);
    if (this.#used + bytes > slabBytes) {
      this.#slab = Buffer.allocUnsafeSlow(slabBytes);
      this.#used = 0;
    }
    const piece = this.#slab.subarray(this.#used, this.#used + bytes);
    // Pieces begin at multiples of eight, as those of Node do.
    this.#used = (this.#used + bytes + 7) & ~7;
    return piece;
  }

  copy(source: Uint8Array): Buffer {
    const piece = this.take(source.length);
    piece.set(source);
    return piece;
  }
}
