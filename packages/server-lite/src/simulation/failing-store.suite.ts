import { openDatabase } from '../store/open-database.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import type { Batch } from '../store/store.ts';

export interface FailingStoreOptions {
  readonly isFull: () => boolean;
  /** Told of the keys of runs that have just been stored. */
  readonly onCommitted: (runKeys: readonly number[]) => void;
}

/** A store on a disk that is full whenever `isFull` says so: half of the commits then fail at once, half when all is written. */
export class FailingStore extends SqliteStore {
  readonly #options: FailingStoreOptions;
  #failures = 0;

  constructor(file: string, options: FailingStoreOptions) {
    super(openDatabase(file));
    this.#options = options;
  }

  override commit(batch: Batch): void {
    if (!this.#options.isFull()) {
      super.commit(batch);
      this.#options.onCommitted(batch.transitions.map(({ runKey }) => runKey));
      return;
    }
    const diskFull = Object.assign(new Error('database or disk is full'), { errcode: 13 });
    if (this.#failures++ % 2 === 0) throw diskFull;
    const fail = (): never => {
      throw diskFull;
    };
    super.commit({ ...batch, writes: [...batch.writes, fail] });
  }
}
