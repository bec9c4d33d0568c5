/**
 * Reads a database as the server would, and says what does not fit together: each run's events against what is kept beside
 * them. Changes nothing, and sees one moment even while a server writes.
 */
import { openReadOnly } from '../store/open-database.ts';
import { allRuns, atOneMoment, strays, unsoundness } from '../store/sqlite-inspection.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import { createDynamicConfig } from '../system/dynamic-config.ts';
import { SearchAttributeRegistry } from '../system/search-attribute/search-attributes.ts';
import { SqliteVisibility } from '../visibility/sqlite-visibility.ts';
import { runProblems } from './run-problems.ts';

/** What `checkDatabase` found. */
export interface DatabaseCheck {
  /** Runs that were folded. */
  readonly runs: number;
  /** One sentence each; none when all is well. */
  readonly problems: readonly string[];
}

const mostProblems = 100;

/**
 * Checks a database file that a server has written: that SQLite finds it sound, that the events of every run lead to what
 * is stored of it, that whatever is still to be done is on the agenda, and that lists show what the events say. The server
 * may be running.
 *
 * @param file path of the database
 * @throws Error when there is no such file, when it is not ours, or when its schema is not of this release
 * @example
 * const { runs, problems } = checkDatabase('reprise.db');
 */
export function checkDatabase(file: string): DatabaseCheck {
  const store = new SqliteStore(openReadOnly(file));
  try {
    return atOneMoment(store.database, () => checkStore(store));
  } finally {
    store.close();
  }
}

/** The same of a store that is open. */
export function checkStore(store: SqliteStore): DatabaseCheck {
  const problems = unsoundness(store.database);
  const searchAttributes = new SearchAttributeRegistry(store, createDynamicConfig({}).config);
  const visibility = new SqliteVisibility({ database: store.database, searchAttributes });
  let runs = 0;
  for (const { row, agendaMs } of allRuns(store.database)) {
    if (problems.length >= mostProblems) break;
    const run = store.load(row.key);
    if (!run) continue;
    runs++;
    const found = runProblems({ run, agendaMs, compare: (record) => visibility.compare(record) });
    problems.push(...found.map((problem) => `${row.kind} ${row.workflowId}, run ${row.runId}: ${problem}`));
  }
  problems.push(...strays(store.database));
  return { runs, problems: problems.slice(0, mostProblems) };
}
