import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/**
 * The file that SQLite appends transactions to, brought to the disk without SQLite, which would keep the process waiting.
 *
 * I1. When that has failed once, nobody knows what of the file the disk has: nothing more is written or durable until all of
 *     it has been copied into the database itself.
 */
export class WriteAheadLog {
  readonly #path: string;
  readonly #database: DatabaseSync;
  #file: number | undefined;
  #isDoubtful = false;

  constructor(databasePath: string, database: DatabaseSync) {
    this.#path = `${databasePath}-wal`;
    this.#database = database;
  }

  /** All that was written before the call is on the disk when it resolves. */
  async sync(): Promise<void> {
    this.mend();
    await new Promise<void>((resolve, reject) => {
      fdatasync(this.#open(), (error) => {
        if (!error) return resolve();
        this.#isDoubtful = true;
        reject(error);
      });
    });
  }

  syncNow(): void {
    this.mend();
    try {
      fdatasyncSync(this.#open());
    } catch (error) {
      this.#isDoubtful = true;
      throw error;
    }
  }

  /** @throws when the disk still does not take what it has been given (I1) */
  mend(): void {
    if (!this.#isDoubtful) return;
    const row = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (row?.['busy'] !== 0) throw new Error('the log of the database could not be copied into it');
    this.#isDoubtful = false;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): number {
    this.#file ??= openSync(this.#path, 'r+');
    return this.#file;
  }
}
