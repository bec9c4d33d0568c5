/** Databases with many workflows: one that a server has written, again and again under other ids. */
import { randomUUID } from 'node:crypto';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

const tables = ['runs', 'batches', 'transitions', 'current_runs', 'visibility_runs', 'visibility_attributes'];
const timeColumns: ReadonlySet<string> = new Set(['start_ms', 'execution_ms', 'close_ms', 'sort_ms']);
/** Open workflows are listed as closing in the last year that there is. */
const neverMs = 200_000_000_000_000;

type Row = Record<string, SQLInputValue>;

/** Adds `count` copies of a workflow, one second apart; every tenth is of the type `rare`. No server may use the file. */
export function cloneWorkflow(file: string, workflowId: string, count: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const run = database.prepare('SELECT run_key FROM runs WHERE workflow_id = ?').get(workflowId);
  const last = database.prepare('SELECT max(run_key) AS last FROM runs').get();
  const firstKey = Number(last?.['last']) + 1;
  const runIds = Array.from({ length: count }, () => randomUUID());
  for (const table of tables) {
    const rows = database.prepare(`SELECT * FROM ${table} WHERE run_key = ?`).all(Number(run?.['run_key'])) as Row[];
    for (const row of rows) {
      const names = Object.keys(row);
      const marks = names.map(() => '?').join(', ');
      const insert = database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`);
      for (const [index, runId] of runIds.entries()) {
        insert.run(...names.map((name) => copied(row, name, { index, count, runId, key: firstKey + index })));
      }
    }
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

interface Copy {
  readonly index: number;
  readonly count: number;
  readonly runId: string;
  readonly key: number;
}

function copied(row: Row, name: string, { index, count, runId, key }: Copy): SQLInputValue {
  const value = row[name] ?? null;
  if (name === 'run_key') return key;
  if (name === 'run_id' || name === 'root_run_id') return runId;
  if (name === 'workflow_id' || name === 'root_workflow_id') return `${String(value)}-${index}`;
  if (name === 'workflow_type') return index % 10 === 0 ? 'rare' : value;
  if (timeColumns.has(name) && typeof value === 'number' && value < neverMs) return value - (count - index) * 1000;
  return value;
}
