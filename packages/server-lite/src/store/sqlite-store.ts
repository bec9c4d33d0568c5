/**
 * The store in an SQLite file: one transaction per commit, on disk before `commit` returns.
 *
 * I1. Nothing outside `commit` writes.
 * I2. A commit that throws has been rolled back.
 */
import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { firstEventId } from './batch-first-event.ts';
import { openDatabase, type OpenedDatabase } from './open-database.ts';
import { sqliteDocuments } from './sqlite-documents.ts';
import type { Batch, Documents, RunRow, Store, StoredRun, StoredTransition } from './store.ts';

type Row = Record<string, unknown>;

const runColumns =
  'run_key, namespace_id, namespace, workflow_id, run_id, status, create_request_id, start_ms, close_ms';

function runOf(row: Row): RunRow {
  return {
    key: Number(row['run_key']),
    namespaceId: String(row['namespace_id']),
    namespace: String(row['namespace']),
    workflowId: String(row['workflow_id']),
    runId: String(row['run_id']),
    status: Number(row['status']),
    createRequestId: String(row['create_request_id']),
    startTimeMs: Number(row['start_ms']),
    ...(row['close_ms'] === null ? {} : { closeTimeMs: Number(row['close_ms']) }),
  };
}

export class SqliteStore implements Store {
  readonly documents: Documents;
  /** For tables that other parts keep in the same file. They write inside `Batch.writes` only. */
  readonly database: DatabaseSync;
  readonly #opened: OpenedDatabase;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#file = file;
    this.#opened = openDatabase(file);
    this.database = this.#opened.database;
    this.documents = sqliteDocuments(this.database);
  }

  nextRunKey(): number {
    return Number(this.#get('SELECT coalesce(max(run_key), 0) + 1 AS key FROM runs')?.['key'] ?? 1);
  }

  commit(batch: Batch): void {
    this.#run('BEGIN IMMEDIATE');
    try {
      this.#write(batch);
      for (const write of batch.writes) write();
      this.#run('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.#run('ROLLBACK');
      throw error;
    }
  }

  load(runKey: number): StoredRun | undefined {
    const row = this.#get(`SELECT ${runColumns} FROM runs WHERE run_key = ?`, runKey);
    if (!row) return undefined;
    const snapshot = this.#get('SELECT seq, state FROM snapshots WHERE run_key = ?', runKey);
    const fromSeq = Number(snapshot?.['seq'] ?? 0);
    const events = new Map<number, Uint8Array[]>();
    const batchSql = 'SELECT seq, events FROM batches WHERE run_key = ? AND seq > ? ORDER BY first_event_id';
    for (const batch of this.#all(batchSql, runKey, fromSeq)) {
      const seq = Number(batch['seq']);
      const own = events.get(seq);
      if (own) own.push(batch['events'] as Uint8Array);
      else events.set(seq, [batch['events'] as Uint8Array]);
    }
    const rows = this.#all(
      'SELECT seq, facts FROM transitions WHERE run_key = ? AND seq > ? ORDER BY seq',
      runKey,
      fromSeq,
    );
    const transitions = rows.map(({ seq, facts }): StoredTransition => {
      const own = { seq: Number(seq), events: events.get(Number(seq)) ?? [] };
      return facts === null ? own : { ...own, facts: facts as Uint8Array };
    });
    const run = { row: runOf(row), transitions };
    return snapshot ? { ...run, snapshot: snapshot['state'] as Uint8Array } : run;
  }

  findRun(namespaceId: string, workflowId: string, runId: string): RunRow | undefined {
    const sql = `SELECT ${runColumns} FROM runs WHERE namespace_id = ? AND workflow_id = ? AND run_id = ?`;
    const row = this.#get(sql, namespaceId, workflowId, runId);
    return row && runOf(row);
  }

  findCurrentRun(namespaceId: string, workflowId: string): RunRow | undefined {
    const key = '(SELECT run_key FROM current_runs WHERE namespace_id = ? AND workflow_id = ?)';
    const row = this.#get(`SELECT ${runColumns} FROM runs WHERE run_key = ${key}`, namespaceId, workflowId);
    return row && runOf(row);
  }

  readBatches(runKey: number, { fromEventId, limit }: { fromEventId: number; limit: number }): Uint8Array[] {
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

  sizeBytes(): number {
    return this.#file === ':memory:' ? 0 : statSync(this.#file).size;
  }

  checkpoint(): void {
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  close(): void {
    this.#opened.close();
  }

  #write(batch: Batch): void {
    for (const run of batch.createRuns) {
      const values = [
        run.key,
        run.namespaceId,
        run.namespace,
        run.workflowId,
        run.runId,
        run.status,
        run.createRequestId,
      ];
      this.#run(
        `INSERT INTO runs (${runColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...values,
        run.startTimeMs,
        run.closeTimeMs ?? null,
      );
    }
    for (const { runKey, seq, batches, facts } of batch.transitions) {
      this.#run('INSERT INTO transitions (run_key, seq, facts) VALUES (?, ?, ?)', runKey, seq, facts ?? null);
      for (const events of batches) {
        const sql = 'INSERT INTO batches (run_key, first_event_id, seq, events) VALUES (?, ?, ?, ?)';
        this.#run(sql, runKey, firstEventId(events), seq, events);
      }
    }
    for (const { runKey, seq, state } of batch.snapshots) {
      this.#run('INSERT OR REPLACE INTO snapshots (run_key, seq, state) VALUES (?, ?, ?)', runKey, seq, state);
    }
    for (const { runKey, status, closeTimeMs } of batch.closeRuns) {
      this.#run('UPDATE runs SET status = ?, close_ms = ? WHERE run_key = ?', status, closeTimeMs, runKey);
    }
    for (const { namespaceId, workflowId, runKey } of batch.currentRuns) {
      const sql = 'INSERT OR REPLACE INTO current_runs (namespace_id, workflow_id, run_key) VALUES (?, ?, ?)';
      this.#run(sql, namespaceId, workflowId, runKey);
    }
    for (const [runKey, dueMs] of batch.agenda) {
      this.#run(
        'UPDATE runs SET agenda_ms = ? WHERE run_key = ?',
        dueMs === undefined ? null : Math.floor(dueMs),
        runKey,
      );
    }
    for (const run of batch.deleteRuns) this.#delete(run);
  }

  #delete(run: Batch['deleteRuns'][number]): void {
    const current = 'DELETE FROM current_runs WHERE namespace_id = ? AND workflow_id = ? AND run_key = ?';
    this.#run(current, run.namespaceId, run.workflowId, run.key);
    for (const table of ['runs', 'batches', 'transitions', 'snapshots']) {
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
