import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { openDatabase } from '../store/open-database.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import type { Changes } from '../store/store.ts';

export interface FailingStoreOptions {
  readonly isFull: () => boolean;
  /** Told of the keys of runs that have just been stored. */
  readonly onCommitted: (runKeys: readonly number[]) => void;
}

const diskFull = (): Error => Object.assign(new Error('database or disk is full'), { errcode: 13 });

/**
 * A store on a disk that is full whenever `isFull` says so: half of the commits then fail at once, half when all is written,
 * and none can be made durable. It remembers what was, so that a crash of the whole machine can be played.
 */
export class FailingStore extends SqliteStore {
  readonly #options: FailingStoreOptions;
  readonly #file: string;
  #failures = 0;
  #durableBytes = 0;
  #hasCrashed = false;

  constructor(file: string, options: FailingStoreOptions) {
    super(openDatabase(file));
    // The database itself stays as it is, and all that is new is in the log.
    this.database.exec('PRAGMA wal_autocheckpoint = 0');
    this.#options = options;
    this.#file = file;
    this.#durableBytes = this.#logBytes();
  }

  override commit(changes: Changes): void {
    if (!this.#options.isFull()) {
      super.commit(changes);
      this.#options.onCommitted(changes.transitions.map(({ runKey }) => runKey));
      return;
    }
    if (this.#failures++ % 2 === 0) throw diskFull();
    const fail = (): never => {
      throw diskFull();
    };
    super.commit({ ...changes, writes: [...changes.writes, fail] });
  }

  override async sync(): Promise<void> {
    if (this.#hasCrashed) return await new Promise(() => {});
    const bytes = this.#logBytes();
    await super.sync();
    if (this.#options.isFull()) throw diskFull();
    this.#durableBytes = bytes;
  }

  override syncNow(): void {
    super.syncNow();
    this.#durableBytes = this.#logBytes();
  }

  /** Leaves in another file what the disk had, and of what it had not this part: the cut may go through a record. */
  crash(file: string, part: number): void {
    this.#hasCrashed = true;
    const log = readFileSync(`${this.#file}-wal`);
    copyFileSync(this.#file, file);
    const kept = this.#durableBytes + Math.floor((log.length - this.#durableBytes) * part);
    writeFileSync(`${file}-wal`, log.subarray(0, kept));
    this.close();
  }

  #logBytes(): number {
    return statSync(`${this.#file}-wal`).size;
  }
}
