/**
 * The open streams of a connection, by number. An object and not a `Map`: a map that entries pass through by the thousand
 * keeps what it held alive for the collector of young objects, once one of its outgrown tables has become old.
 */
export class StreamTable<Stream> {
  #streams: { [streamId: number]: Stream } = Object.create(null) as { [streamId: number]: Stream };
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(streamId: number): Stream | undefined {
    return this.#streams[streamId];
  }

  /** The number is a new one. */
  add(streamId: number, stream: Stream): void {
    this.#streams[streamId] = stream;
    this.#size++;
  }

  /** Gives whether it was there. */
  delete(streamId: number): boolean {
    if (!(streamId in this.#streams)) return false;
    delete this.#streams[streamId];
    this.#size--;
    return true;
  }

  entries(): [streamId: number, stream: Stream][] {
    return Object.entries(this.#streams).map(([streamId, stream]) => [Number(streamId), stream]);
  }

  /** Takes all streams out. */
  takeAll(): Stream[] {
    const streams = Object.values(this.#streams);
    this.#streams = Object.create(null) as { [streamId: number]: Stream };
    this.#size = 0;
    return streams;
  }
}
