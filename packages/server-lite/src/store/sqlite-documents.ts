import type { DatabaseSync } from 'node:sqlite';
import type { Documents } from './store.ts';

export function sqliteDocuments(database: DatabaseSync): Documents {
  const get = database.prepare('SELECT value FROM documents WHERE collection = ? AND key = ?');
  const list = database.prepare('SELECT key, value FROM documents WHERE collection = ? ORDER BY key');
  const put = database.prepare('INSERT OR REPLACE INTO documents (collection, key, value) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM documents WHERE collection = ? AND key = ?');
  return {
    get: (collection, key) => get.get(collection, key)?.['value'] as Uint8Array | undefined,
    list: (collection) =>
      list.all(collection).map((row) => ({ key: String(row['key']), value: row['value'] as Uint8Array })),
    put: (collection, key, value) => void put.run(collection, key, value),
    delete: (collection, key) => void remove.run(collection, key),
  };
}
