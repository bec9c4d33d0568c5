/** What has been written last, so that whoever works on a run need not ask the database for it. */
import { Slabs } from '../slabs.ts';

interface WrittenBatch {
  readonly firstEventId: number;
  readonly events: Uint8Array;
}

interface RecentRun {
  /** The last ones of the run, without a gap. */
  readonly batches: WrittenBatch[];
  bytes: number;
}

/** So much of one run is kept, and of all together. */
const mostBytesOfRun = 16 * 1024;
const mostBytes = 16 * 1024 * 1024;

export class RecentBatches {
  /** The runs that were written to last come last. */
  readonly #runs = new Map<number, RecentRun>();
  readonly #memory = new Slabs();
  #bytes = 0;

  add(runKey: number, firstEventId: number, events: Uint8Array): void {
    const run = this.#runs.get(runKey) ?? { batches: [], bytes: 0 };
    this.#runs.delete(runKey);
    this.#runs.set(runKey, run);
    run.batches.push({ firstEventId, events: this.#memory.copy(events) });
    this.#count(run, events.length);
    while (run.bytes > mostBytesOfRun) this.#count(run, -(run.batches.shift()?.events.length ?? run.bytes));
    for (const [key] of this.#runs) {
      if (this.#bytes <= mostBytes) return;
      this.delete(key);
    }
  }

  delete(runKey: number): void {
    const run = this.#runs.get(runKey);
    if (!run) return;
    this.#bytes -= run.bytes;
    this.#runs.delete(runKey);
  }

  /** Batches that hold ids from `fromEventId` on, up to `limit`; undefined when the first of them is not known here. */
  read(runKey: number, { fromEventId, limit }: { fromEventId: number; limit: number }): Uint8Array[] | undefined {
    const batches = this.#runs.get(runKey)?.batches ?? [];
    const first = batches.findLastIndex(({ firstEventId }) => firstEventId <= fromEventId);
    return first < 0 ? undefined : batches.slice(first, first + limit).map(({ events }) => events);
  }

  #count(run: RecentRun, bytes: number): void {
    run.bytes += bytes;
    this.#bytes += bytes;
  }
}
