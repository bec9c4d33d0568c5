/**
 * The store in an SQLite file: one transaction per commit, appended to the file's log.
 *
 * I1. Nothing outside `commit` writes.
 * I2. A commit that throws has been rolled back.
 * I3. SQLite leaves it to `sync` to bring the log to the disk (`synchronous = NORMAL`), so that the process can go on
 *     meanwhile. What a crash cuts off the log is its end, at the end of a transaction: every record has a checksum that
 *     counts those before it in.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { firstEventId } from './batch-first-event.ts';
import { giveSpaceBack } from './give-space-back.ts';
import type { OpenedDatabase } from './open-database.ts';
import { RecentBatches } from './recent-batches.ts';
import { type Row, runColumns, runOf } from './sqlite-run-row.ts';
import { sqliteDocuments } from './sqlite-documents.ts';
import type { Changes, Documents, RunName, RunRow, Store, StoredRun, StoredTransition } from './store.ts';

export class SqliteStore implements Store {
  readonly documents: Documents;
  /** For tables that other parts keep in the same file. They write inside `Changes.writes` only. */
  readonly database: DatabaseSync;
  readonly #opened: OpenedDatabase;
  readonly #statements = new Map<string, StatementSync>();
  readonly #recent = new RecentBatches();

  constructor(opened: OpenedDatabase) {
    this.#opened = opened;
    this.database = this.#opened.database;
    this.documents = sqliteDocuments(this.database);
  }

  nextRunKey(): number {
    return Number(this.#get('SELECT coalesce(max(run_key), 0) + 1 AS key FROM runs')?.['key'] ?? 1);
  }

  commit(changes: Changes): void {
    this.#opened.log?.mend();
    this.#run('BEGIN IMMEDIATE');
    try {
      this.#write(changes);
      for (const write of changes.writes) write();
      this.#run('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.#run('ROLLBACK');
      throw error;
    }
    for (const { runKey, batches } of changes.transitions) {
      for (const events of batches) this.#recent.add(runKey, firstEventId(events), events);
    }
    for (const { key } of changes.deleteRuns) this.#recent.delete(key);
  }

  sync(): Promise<void> | undefined {
    return this.#opened.log?.sync();
  }

  syncNow(): void {
    this.#opened.log?.syncNow();
  }

  load(runKey: number): StoredRun | undefined {
    const row = this.#get(`SELECT ${runColumns} FROM runs WHERE run_key = ?`, runKey);
    if (!row) return undefined;
    const events = new Map<number, Uint8Array[]>();
    for (const batch of this.#all(
      'SELECT seq, events FROM batches WHERE run_key = ? ORDER BY first_event_id',
      runKey,
    )) {
      const seq = Number(batch['seq']);
      const own = events.get(seq);
      if (own) own.push(batch['events'] as Uint8Array);
      else events.set(seq, [batch['events'] as Uint8Array]);
    }
    const rows = this.#all('SELECT seq, facts FROM transitions WHERE run_key = ? ORDER BY seq', runKey);
    const transitions = rows.map(({ seq, facts }): StoredTransition => {
      const own = { seq: Number(seq), events: events.get(Number(seq)) ?? [] };
      return facts === null ? own : { ...own, facts: facts as Uint8Array };
    });
    return { row: runOf(row), transitions };
  }

  findRun(run: RunName & { readonly runId: string }): RunRow | undefined {
    const sql = `SELECT ${runColumns} FROM runs WHERE namespace_id = ? AND workflow_id = ? AND run_id = ? AND kind = ?`;
    const row = this.#get(sql, run.namespaceId, run.workflowId, run.runId, run.kind);
    return row && runOf(row);
  }

  findCurrentRun({ kind, namespaceId, workflowId }: RunName): RunRow | undefined {
    const key = '(SELECT run_key FROM current_runs WHERE kind = ? AND namespace_id = ? AND workflow_id = ?)';
    const row = this.#get(`SELECT ${runColumns} FROM runs WHERE run_key = ${key}`, kind, namespaceId, workflowId);
    return row && runOf(row);
  }

  readBatches(runKey: number, { fromEventId, limit }: { fromEventId: number; limit: number }): Uint8Array[] {
    const recent = this.#recent.read(runKey, { fromEventId, limit });
    if (recent) return recent;
    const start = 'coalesce((SELECT max(first_event_id) FROM batches WHERE run_key = ?1 AND first_event_id <= ?2), 0)';
    const sql = `SELECT events FROM batches WHERE run_key = ?1 AND first_event_id >= ${start} ORDER BY first_event_id LIMIT ?3`;
    return this.#all(sql, runKey, fromEventId, limit).map((row) => row['events'] as Uint8Array);
  }

  readBatchesReverse(runKey: number, { fromEventId, limit }: { fromEventId: number; limit: number }): Uint8Array[] {
    const sql =
      'SELECT events FROM batches WHERE run_key = ? AND first_event_id <= ? ORDER BY first_event_id DESC LIMIT ?';
    return this.#all(sql, runKey, fromEventId, limit).map((row) => row['events'] as Uint8Array);
  }

  agenda(untilMs: number): { runKey: number; dueMs: number }[] {
    const sql = 'SELECT run_key, agenda_ms FROM runs WHERE agenda_ms <= ? ORDER BY agenda_ms, run_key';
    return this.#all(sql, untilMs).map((row) => ({ runKey: Number(row['run_key']), dueMs: Number(row['agenda_ms']) }));
  }

  closedBefore(namespaceId: string, closeTimeMs: number, limit: number): RunRow[] {
    const sql = `SELECT ${runColumns} FROM runs WHERE namespace_id = ? AND close_ms < ? ORDER BY close_ms LIMIT ?`;
    return this.#all(sql, namespaceId, closeTimeMs, limit).map(runOf);
  }

  shrink(mostBytes: number): boolean {
    return giveSpaceBack(this.database, mostBytes);
  }

  close(): void {
    this.#opened.close();
  }

  #write(changes: Changes): void {
    for (const run of changes.createRuns) {
      const values = [
        run.key,
        run.kind,
        run.namespaceId,
        run.namespace,
        run.workflowId,
        run.runId,
        run.status,
        run.createRequestId,
      ];
      this.#run(
        `INSERT INTO runs (${runColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...values,
        run.startTimeMs,
        run.closeTimeMs ?? null,
      );
    }
    for (const { runKey, seq, batches, facts } of changes.transitions) {
      this.#run('INSERT INTO transitions (run_key, seq, facts) VALUES (?, ?, ?)', runKey, seq, facts ?? null);
      for (const events of batches) {
        const sql = 'INSERT INTO batches (run_key, first_event_id, seq, events) VALUES (?, ?, ?, ?)';
        this.#run(sql, runKey, firstEventId(events), seq, events);
      }
    }
    for (const { runKey, status, closeTimeMs } of changes.closeRuns) {
      this.#run('UPDATE runs SET status = ?, close_ms = ? WHERE run_key = ?', status, closeTimeMs, runKey);
    }
    for (const { kind, namespaceId, workflowId, runKey } of changes.currentRuns) {
      const sql = 'INSERT OR REPLACE INTO current_runs (kind, namespace_id, workflow_id, run_key) VALUES (?, ?, ?, ?)';
      this.#run(sql, kind, namespaceId, workflowId, runKey);
    }
    for (const [runKey, dueMs] of changes.agenda) {
      this.#run(
        'UPDATE runs SET agenda_ms = ? WHERE run_key = ?',
        dueMs === undefined ? null : Math.floor(dueMs),
        runKey,
      );
    }
    for (const run of changes.deleteRuns) this.#delete(run);
  }

  #delete(run: Changes['deleteRuns'][number]): void {
    const current = 'DELETE FROM current_runs WHERE kind = ? AND namespace_id = ? AND workflow_id = ? AND run_key = ?';
    this.#run(current, run.kind, run.namespaceId, run.workflowId, run.key);
    for (const table of ['runs', 'batches', 'transitions']) {
      this.#run(`DELETE FROM ${table} WHERE run_key = ?`, run.key);
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }

  #run(sql: string, ...values: (string | number | null | Uint8Array)[]): void {
    this.#statement(sql).run(...values);
  }

  #get(sql: string, ...values: (string | number)[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  #all(sql: string, ...values: (string | number)[]): Row[] {
    return this.#statement(sql).all(...values);
  }
}
