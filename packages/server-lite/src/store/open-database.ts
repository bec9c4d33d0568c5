import { DatabaseSync } from 'node:sqlite';
import { applicationId, migrations, schemaVersion } from './sqlite-schema.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  close(): void;
}

const numberOf = (database: DatabaseSync, pragma: string): number => {
  const row = database.prepare(`PRAGMA ${pragma}`).get() as Record<string, number> | undefined;
  return Object.values(row ?? {})[0] ?? 0;
};

/** Held for as long as the process lives, whatever ends it. */
function lock(file: string): DatabaseSync {
  const held = new DatabaseSync(`${file}-lock`);
  try {
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return held;
  } catch (error) {
    held.close();
    throw new Error(`expected ${file} to be free, found that another server is using it`, { cause: error });
  }
}

function prepare(database: DatabaseSync, file: string): void {
  let tables: number;
  try {
    const row = database.prepare('SELECT count(*) AS count FROM sqlite_master').get();
    tables = Number(row?.['count'] ?? 0);
  } catch (error) {
    throw new Error(`expected ${file} to be a database of Reprise, found a file that is no SQLite database`, {
      cause: error,
    });
  }
  const application = numberOf(database, 'application_id');
  if (tables > 0 && application !== applicationId) {
    throw new Error(`expected ${file} to be a database of Reprise, found an SQLite database of something else`);
  }
  const version = numberOf(database, 'user_version');
  if (version > schemaVersion) {
    throw new Error(
      `expected ${file} to have schema ${schemaVersion} or older, found ${version}: it was written by a newer Reprise`,
    );
  }
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000');
  if (version === schemaVersion) return;
  database.exec('BEGIN IMMEDIATE');
  for (const migration of migrations.slice(version)) database.exec(migration);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
}

/**
 * @param file a path, or `:memory:`
 * @throws Error when the file is not ours, is too new, or is in use
 */
export function openDatabase(file: string): OpenedDatabase {
  const held = file === ':memory:' ? undefined : lock(file);
  try {
    const database = new DatabaseSync(file);
    prepare(database, file);
    return {
      database,
      close() {
        database.close();
        held?.close();
      },
    };
  } catch (error) {
    held?.close();
    throw error;
  }
}
