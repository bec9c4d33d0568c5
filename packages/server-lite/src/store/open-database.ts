import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storageFailure } from './storage-failure.ts';
import { applicationId, migrations, schemaVersion } from './sqlite-schema.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Absent when there is nothing to write, or nothing that lasts. */
  readonly log?: WriteAheadLog;
  close(): void;
}

const incremental = 2;

const numberOf = (database: DatabaseSync, pragma: string): number => {
  const row = database.prepare(`PRAGMA ${pragma}`).get() as Record<string, number> | undefined;
  return Object.values(row ?? {})[0] ?? 0;
};

/** Held for as long as the process lives, whatever ends it. */
function lock(file: string): DatabaseSync {
  const held = openLock(file);
  try {
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return held;
  } catch (error) {
    held.close();
    throw new Error(`expected ${file} to be free, found that another server is using it`, { cause: error });
  }
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(`${file}-lock`);
  } catch (error) {
    const folder = dirname(resolve(file));
    const found = existsSync(folder) ? `that no file can be made in ${folder}` : `no folder ${folder}`;
    throw new Error(`expected ${file} to be a file that can be opened, found ${found}`, { cause: error });
  }
}

/** @throws Error when the file holds something else, or was written by a newer release */
function checkOrigin(database: DatabaseSync, file: string): void {
  let tables: number;
  try {
    const row = database.prepare('SELECT count(*) AS count FROM sqlite_master').get();
    tables = Number(row?.['count'] ?? 0);
  } catch (error) {
    const failure = storageFailure(error);
    if (failure !== undefined) throw new Error(`${file} cannot be read: ${failure}`, { cause: error });
    throw new Error(`expected ${file} to be a database of Reprise, found a file that is no SQLite database`, {
      cause: error,
    });
  }
  const application = numberOf(database, 'application_id');
  if (tables > 0 && application !== applicationId) {
    throw new Error(`expected ${file} to be a database of Reprise, found an SQLite database of something else`);
  }
  const version = schemaOf(database);
  if (version > schemaVersion) {
    throw new Error(
      `expected ${file} to have schema ${schemaVersion} or older, found ${version}: it was written by a newer Reprise`,
    );
  }
}

const schemaOf = (database: DatabaseSync): number => numberOf(database, 'user_version');

function migrate(database: DatabaseSync): void {
  const version = schemaOf(database);
  // Lets deleted rows give their space back to the disk. It has to be said before anything is written, or with a VACUUM.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
  if (version === schemaVersion) return;
  if (version > 0 && numberOf(database, 'auto_vacuum') !== incremental) database.exec('VACUUM');
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
    checkOrigin(database, file);
    // The log is brought to the disk by those who need it there. A schema that a crash takes away is made again.
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000');
    migrate(database);
    const log = held && new WriteAheadLog(file, database);
    return {
      database,
      ...(log ? { log } : {}),
      close() {
        log?.close();
        database.close();
        held?.close();
      },
    };
  } catch (error) {
    held?.close();
    throw error;
  }
}

/**
 * For reading beside a server that may be using the file.
 *
 * @throws Error when there is no such file, when it is not ours, or when its schema is not of this release
 */
export function openReadOnly(file: string): OpenedDatabase {
  if (!existsSync(file)) throw new Error(`expected a database at ${file}, found no such file`);
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    checkOrigin(database, file);
    const version = schemaOf(database);
    if (version !== schemaVersion) {
      throw new Error(
        `expected ${file} to have schema ${schemaVersion}, found ${version}: start a server on it once, which brings it up to date`,
      );
    }
    return { database, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
