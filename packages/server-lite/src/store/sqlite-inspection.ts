/** What only those look at who check a database: all of it, as it was at one moment. */
import type { DatabaseSync } from 'node:sqlite';
import { runColumns, runOf } from './sqlite-run-row.ts';
import type { RunRow } from './store.ts';

/** What `work` reads is what was committed when it began. */
export function atOneMoment<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN');
  try {
    return work();
  } finally {
    database.exec('COMMIT');
  }
}

/** Every run, with what the agenda says of it: 0 when there is work to offer now. */
export function* allRuns(database: DatabaseSync): Iterable<{ row: RunRow; agendaMs: number | undefined }> {
  const statement = database.prepare(`SELECT ${runColumns}, agenda_ms FROM runs ORDER BY run_key`);
  for (const row of statement.iterate()) {
    yield { row: runOf(row), agendaMs: row['agenda_ms'] === null ? undefined : Number(row['agenda_ms']) };
  }
}

/** What SQLite itself finds wrong with the file. */
export function unsoundness(database: DatabaseSync): string[] {
  const found = database.prepare('PRAGMA integrity_check').all();
  return found.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
}

/** Rows that belong to no run. Schedules are listed under keys below 0. */
export function strays(database: DatabaseSync): string[] {
  return ['batches', 'transitions', 'current_runs', 'visibility_runs', 'visibility_attributes'].flatMap((table) => {
    const missing = 'run_key > 0 AND run_key NOT IN (SELECT run_key FROM runs)';
    const row = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${missing}`).get();
    const count = Number(row?.['count']);
    return count === 0 ? [] : [`${count} rows of ${table} belong to no run`];
  });
}
