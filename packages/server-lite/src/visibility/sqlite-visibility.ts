/**
 * Visibility in SQLite tables of its own, beside or apart from the store's.
 *
 * I1. Every run has at most one row in `visibility_runs`, and its attributes' rows carry the same order as it.
 * I2. Without a database to share, rows live in memory, and writes wait until somebody reads.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Payload } from '@reprise/common';
import { invalidArgument } from '../errors.ts';
import type { VisibilityRecord } from '../execution/effects.ts';
import { PagePlace, writePageToken } from '../page-token.ts';
import { readSearchAttribute } from '../system/search-attribute/search-attribute-value.ts';
import type { SearchAttributeType } from '../system/search-attribute/search-attribute-type.ts';
import type { SearchAttributes } from '../system/search-attribute/search-attributes.ts';
import { attributeValues } from './attribute-values.ts';
import type { CompileOptions, SqlCondition } from './compile-filter.ts';
import { type CompiledQuery, compileQuery } from './compile-query.ts';
import { statusName } from './filter-value.ts';
import { listedAttribute } from './listed-attribute.ts';
import { isSameRow, recordOf, rowOf, type VisibilityRow } from './visibility-row.ts';
import { visibilitySchema } from './visibility-schema.ts';
import type { Visibility, VisibilityCount, VisibilityPage, VisibilityQuery } from './visibility.ts';

export interface SqliteVisibilityOptions {
  /** The database of the store, whose transactions then cover these tables; without it they live in memory. */
  readonly database?: DatabaseSync | undefined;
  readonly searchAttributes: Pick<SearchAttributes, 'typeOf'>;
}

const encoder = new TextEncoder();
const fewRuns = 2000;

export class SqliteVisibility implements Visibility {
  readonly #database: DatabaseSync;
  readonly #searchAttributes: Pick<SearchAttributes, 'typeOf'>;
  readonly #deferred: boolean;
  readonly #pending = new Map<number, VisibilityRecord | undefined>();
  readonly #statements = new Map<string, StatementSync>();
  #upsertSql: string | undefined;

  constructor(options: SqliteVisibilityOptions) {
    this.#database = options.database ?? new DatabaseSync(':memory:');
    this.#searchAttributes = options.searchAttributes;
    this.#deferred = options.database === undefined;
    this.#database.exec(visibilitySchema);
  }

  upsert(record: VisibilityRecord): void {
    if (this.#deferred) this.#pending.set(record.runKey, record);
    else this.#write(record.runKey, record);
  }

  remove(runKey: number): void {
    if (this.#deferred) this.#pending.set(runKey, undefined);
    else this.#write(runKey, undefined);
  }

  /** What is listed of a run, and what should be, as far as lists show it. */
  compare(record: VisibilityRecord): { listed: VisibilityRecord | undefined; expected: VisibilityRecord } {
    this.#flush();
    const row = this.#row(record.runKey);
    const expected = recordOf(listedRow(record, this.#understood(record)));
    if (!row) return { listed: undefined, expected };
    // Attributes that the namespace has had taken away stay listed, and nobody sees them.
    const listed = recordOf(row);
    const known = Object.entries(listed.searchAttributes?.indexedFields ?? {}).filter(([name]) =>
      this.#searchAttributes.typeOf(record.namespaceId, name),
    );
    return { listed: { ...listed, searchAttributes: { indexedFields: Object.fromEntries(known) } }, expected };
  }

  list(request: VisibilityQuery & { pageSize: number; pageToken?: Uint8Array | undefined }): VisibilityPage {
    this.#flush();
    const { driver: found, groupByStatus, ...compiled } = this.#compile(request);
    if (groupByStatus) throw invalidArgument("invalid query: operation is not supported: 'GROUP BY' clause");
    const few = this.#few(request.namespaceId, compiled);
    const driver = few ? undefined : found;
    const condition = few ?? compiled.condition;
    const place = PagePlace.read(request.pageToken);
    const after = place && ['sort', 'start', 'run'].map((name) => place.number(name));
    const from = driver
      ? { table: 'visibility_attributes d CROSS JOIN visibility_runs r ON r.run_key = d.run_key', order: 'd' }
      : { table: few || compiled.hasOwnOrder ? 'visibility_runs r' : inOrderOfTime, order: 'r' };
    const order = `${from.order}.sort_ms, ${from.order}.start_ms, ${from.order}.run_key`;
    const paging = after ? ` AND (${order}) < (?, ?, ?)` : '';
    const descending = order.replaceAll(',', ' DESC,');
    const scope = driver ? `d.namespace_id = ? AND d.name = ? AND d.value = ? AND ${driver.times.sql}` : scopeOf(few);
    const sql = `SELECT r.* FROM ${from.table} WHERE ${scope}${paging} AND ${condition.sql} ORDER BY ${descending} DESC LIMIT ?`;
    const params = [
      request.namespaceId,
      ...(driver ? [driver.name, driver.value, ...driver.times.params] : []),
      ...(after ?? []),
      ...condition.params,
      request.pageSize,
    ];
    const rows = this.#run(sql, params) as unknown as VisibilityRow[];
    const last = rows.length === request.pageSize ? rows.at(-1) : undefined;
    return { records: rows.map(recordOf), nextPageToken: last ? tokenAfter(last) : new Uint8Array() };
  }

  count(request: VisibilityQuery): VisibilityCount {
    this.#flush();
    const { groupByStatus, ...compiled } = this.#compile(request);
    const few = this.#few(request.namespaceId, compiled);
    const condition = few ?? compiled.condition;
    const params = [request.namespaceId, ...condition.params];
    const where = `FROM visibility_runs r WHERE ${scopeOf(few)} AND ${condition.sql}`;
    if (!groupByStatus) {
      const [row] = this.#run(`SELECT count(*) AS count ${where}`, params);
      return { count: Number(row?.['count'] ?? 0), groups: [] };
    }
    const rows = this.#run(`SELECT r.status AS status, count(*) AS count ${where} GROUP BY r.status`, params);
    const groups = rows.map((row) => ({
      values: [keywordPayload(statusName(Number(row['status'])))],
      count: Number(row['count']),
    }));
    return { count: groups.reduce((sum, group) => sum + group.count, 0), groups };
  }

  #compile(request: VisibilityQuery) {
    const options: CompileOptions = {
      typeOf: (name) => this.#searchAttributes.typeOf(request.namespaceId, name),
      words: request.words,
    };
    return compileQuery(request.query, request.division, options);
  }

  /** When one of the conditions leaves few runs, these are looked up instead of being met while going through all. */
  #few(
    namespaceId: string,
    { condition, selectors }: Pick<CompiledQuery, 'condition' | 'selectors'>,
  ): SqlCondition | undefined {
    for (const conditions of selectors) {
      const rows = conditions
        .map(({ table, sql }) => `SELECT a.run_key FROM ${table} a WHERE a.namespace_id = ? AND ${sql}`)
        .join(' UNION ALL ');
      const params = conditions.flatMap((one) => [namespaceId, ...one.params]);
      const few = `SELECT count(*) AS count FROM (${rows} LIMIT ${fewRuns + 1})`;
      const [row] = this.#run(few, params);
      if (Number(row?.['count']) > fewRuns) continue;
      return { sql: `r.run_key IN (${rows}) AND ${condition.sql}`, params: [...params, ...condition.params] };
    }
    return undefined;
  }

  #write(runKey: number, record: VisibilityRecord | undefined): void {
    const attributes = record ? this.#understood(record) : [];
    const row = record && listedRow(record, attributes);
    const before = this.#row(runKey);
    if (row && isSameRow(row, before)) return;
    if (before) this.#prepared('DELETE FROM visibility_attributes WHERE run_key = ?').run(runKey);
    if (!row) {
      this.#prepared('DELETE FROM visibility_runs WHERE run_key = ?').run(runKey);
      return;
    }
    this.#upsertSql ??= upsertSql(Object.keys(row));
    this.#prepared(this.#upsertSql).run(...(Object.values(row) as SQLInputValue[]));
    const insert = this.#prepared(
      'INSERT OR IGNORE INTO visibility_attributes (namespace_id, name, value, sort_ms, start_ms, run_key) VALUES (?, ?, ?, ?, ?, ?)',
    );
    for (const { name, type, value } of attributes) {
      for (const stored of attributeValues(type, value)) {
        insert.run(row.namespace_id, name, stored, row.sort_ms, row.start_ms, runKey);
      }
    }
  }

  /** The attributes that the namespace knows, with values of their types. */
  #understood({ namespaceId, searchAttributes }: VisibilityRecord): Understood[] {
    return Object.entries(searchAttributes?.indexedFields ?? {}).flatMap(([name, payload]) => {
      const type: SearchAttributeType | undefined = this.#searchAttributes.typeOf(namespaceId, name);
      const read = type && readSearchAttribute(payload, type);
      return type && read?.kind === 'value' ? [{ name, type, value: read.value }] : [];
    });
  }

  #flush(): void {
    if (this.#pending.size === 0) return;
    this.#database.exec('BEGIN');
    for (const [runKey, record] of this.#pending) this.#write(runKey, record);
    this.#database.exec('COMMIT');
    this.#pending.clear();
  }

  #row(runKey: number): VisibilityRow | undefined {
    const row = this.#prepared('SELECT * FROM visibility_runs WHERE run_key = ?').get(runKey);
    return row as VisibilityRow | undefined;
  }

  #run(sql: string, params: readonly (string | number)[]): Record<string, unknown>[] {
    return this.#database.prepare(sql).all(...params);
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

interface Understood {
  readonly name: string;
  readonly type: SearchAttributeType;
  readonly value: unknown;
}

function listedRow(record: VisibilityRecord, attributes: readonly Understood[]): VisibilityRow {
  const indexedFields = Object.fromEntries(
    attributes.map(({ name, type, value }) => [name, listedAttribute(type, value)]),
  );
  return rowOf({ ...record, searchAttributes: { indexedFields } });
}

/** The plus keeps the database from going through an index of the whole namespace when few runs are looked up. */
const scopeOf = (few: SqlCondition | undefined): string => `${few ? '+' : ''}r.namespace_id = ?`;

/** Said to the database, which would rather find many runs by another condition and then sort them. */
const inOrderOfTime = 'visibility_runs r INDEXED BY visibility_by_time';

/** What never changes is left alone, and so are the indexes of it. */
const settled: ReadonlySet<string> = new Set(['run_key', 'namespace_id', 'workflow_id', 'run_id', 'start_ms']);

function upsertSql(columns: readonly string[]): string {
  const marks = columns.map(() => '?').join(', ');
  const changes = columns.filter((name) => !settled.has(name)).map((name) => `${name} = excluded.${name}`);
  return (
    `INSERT INTO visibility_runs (${columns.join(', ')}) VALUES (${marks}) ` +
    `ON CONFLICT (run_key) DO UPDATE SET ${changes.join(', ')}`
  );
}

function keywordPayload(value: string): Payload {
  return {
    metadata: { encoding: encoder.encode('json/plain'), type: encoder.encode('Keyword') },
    data: encoder.encode(JSON.stringify(value)),
  };
}

const tokenAfter = (row: VisibilityRow): Uint8Array =>
  writePageToken({ sort: row.sort_ms, start: row.start_ms, run: row.run_key });
