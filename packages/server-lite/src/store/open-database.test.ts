import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import { applicationId, migrations, schemaVersion } from './sqlite-schema.ts';
import { SqliteStore } from './sqlite-store.ts';
import { noChanges } from './store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-database-'));
  file = join(folder, 'server.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

function pragma(name: string): unknown {
  const { database, close } = openDatabase(file);
  const row = database.prepare(`PRAGMA ${name}`).get();
  close();
  return Object.values(row ?? {})[0];
}

describe('what is not ours is refused', () => {
  test('a file of another kind', () => {
    writeFileSync(file, 'no database'.repeat(100));
    expect(() => openDatabase(file)).toThrow(/found a file that is no SQLite database/);
  });

  test('a database of another program', () => {
    write('CREATE TABLE theirs (a)');
    expect(() => openDatabase(file)).toThrow(/found an SQLite database of something else/);
  });

  test('a database of a newer release', () => {
    openDatabase(file).close();
    write(`PRAGMA user_version = ${schemaVersion + 1}`);
    expect(() => openDatabase(file)).toThrow(/it was written by a newer Reprise/);
  });

  test('a database that another server uses', () => {
    const opened = openDatabase(file);
    expect(() => openDatabase(file)).toThrow(/found that another server is using it/);
    opened.close();
    openDatabase(file).close();
  });
});

describe('an older schema', () => {
  test('is brought up to date, with what it holds', () => {
    write(`${migrations[0]}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1;
      INSERT INTO documents VALUES ('kept', 'key', x'01');
      INSERT INTO runs VALUES (7, 'namespace id', 'default', 'order', 'run id', 1, 'request', 1000, NULL, NULL);
      INSERT INTO current_runs VALUES ('namespace id', 'order', 7)`);
    const opened = openDatabase(file);
    const store = new SqliteStore(opened);
    expect(store.documents.get('kept', 'key')).toEqual(new Uint8Array([1]));
    const name = { namespaceId: 'namespace id', workflowId: 'order' };
    expect(store.findCurrentRun({ ...name, kind: 'workflow' })).toMatchObject({ key: 7, runId: 'run id' });
    expect(store.findCurrentRun({ ...name, kind: 'activity' })).toBeUndefined();
    expect(store.findRun({ ...name, kind: 'workflow', runId: 'run id' })).toMatchObject({ key: 7, kind: 'workflow' });
    store.close();
    expect(pragma('user_version')).toBe(schemaVersion);
    expect(pragma('auto_vacuum')).toBe(2);
  });
});

describe('space', () => {
  test('that nothing uses is given back', () => {
    const store = new SqliteStore(openDatabase(file));
    const put = (key: string): void => store.documents.put('large', key, new Uint8Array(100_000));
    store.commit({ ...noChanges(), writes: [() => ['a', 'b', 'c', 'd'].forEach(put)] });
    const pages = (): number => Number(Object.values(store.database.prepare('PRAGMA page_count').get() ?? {})[0]);
    const before = pages();
    store.commit({
      ...noChanges(),
      writes: [() => ['a', 'b', 'c'].forEach((key) => store.documents.delete('large', key))],
    });
    let steps = 0;
    while (store.shrink(65_536)) steps++;
    expect(steps).toBeGreaterThan(2);
    expect(pages()).toBeLessThan(before / 3);
    store.close();
  });

  test('that has run out fails the whole commit, until there is some again', () => {
    const store = new SqliteStore(openDatabase(file));
    const pages = Number(Object.values(store.database.prepare('PRAGMA page_count').get() ?? {})[0]);
    const limit = (count: number): void => void store.database.prepare(`PRAGMA max_page_count = ${count}`).get();
    limit(pages + 4);
    const put = (key: string, bytes: number) => (): void =>
      store.documents.put('documents', key, new Uint8Array(bytes));
    const commit = (): void => store.commit({ ...noChanges(), writes: [put('small', 10), put('large', 1_000_000)] });
    expect(commit).toThrow(/disk is full/);
    expect(store.documents.list('documents')).toEqual([]);
    limit(1_000_000);
    commit();
    expect(store.documents.list('documents').map(({ key }) => key)).toEqual(['large', 'small']);
    store.close();
  });
});
