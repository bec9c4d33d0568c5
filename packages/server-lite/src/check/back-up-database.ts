import { existsSync, fsyncSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import { openReadOnly } from '../store/open-database.ts';

/**
 * Copies a database, which a server may be using, into a file of its own: all that was committed when the copy began, and
 * nothing of what came later.
 *
 * @param file path of the database
 * @param copy path of the file to make; it must not exist yet
 * @throws Error when there is no such database, when it is not ours, or when the copy cannot be written
 * @example
 * backUpDatabase('reprise.db', 'reprise-monday.db');
 */
export function backUpDatabase(file: string, copy: string): void {
  if (existsSync(copy)) throw new Error(`expected no file at ${copy}, found one: a backup never replaces anything`);
  const opened = openReadOnly(file);
  const unfinished = `${copy}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    opened.database.prepare('VACUUM INTO ?').run(unfinished);
    const written = openSync(unfinished, 'r+');
    fsyncSync(written);
    closeSync(written);
    renameSync(unfinished, copy);
  } finally {
    opened.close();
    rmSync(unfinished, { force: true });
  }
}
