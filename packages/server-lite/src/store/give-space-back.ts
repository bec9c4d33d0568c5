import type { DatabaseSync } from 'node:sqlite';

const pragma = (database: DatabaseSync, name: string): number =>
  Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);

/** Cuts pages that nothing uses off the file, so many bytes at most. @returns whether there is more to give back */
export function giveSpaceBack(database: DatabaseSync, mostBytes: number): boolean {
  const pages = Math.ceil(mostBytes / pragma(database, 'page_size'));
  const free = pragma(database, 'freelist_count');
  if (free === 0) return false;
  // A step of this statement gives back one page: only reading it to its end gives back all that was asked for.
  database.prepare(`PRAGMA incremental_vacuum(${pages})`).all();
  // What was freed is cut off when the log has been copied into the file.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return free > pages;
}
