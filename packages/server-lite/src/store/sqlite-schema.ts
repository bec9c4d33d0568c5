/** `PRAGMA application_id` of our files: "Rpse". */
export const applicationId = 0x52707365;
/** `PRAGMA user_version`. Each step of `migrations` leads to the next. */
export const schemaVersion = 5;

export const migrations: readonly string[] = [
  `
CREATE TABLE documents (
  collection TEXT NOT NULL,
  key TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE runs (
  run_key INTEGER PRIMARY KEY,
  namespace_id TEXT NOT NULL,
  namespace TEXT NOT NULL,
  workflow_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  status INTEGER NOT NULL,
  create_request_id TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  close_ms INTEGER,
  agenda_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX runs_by_id ON runs (namespace_id, workflow_id, run_id);
CREATE INDEX runs_by_close ON runs (namespace_id, close_ms) WHERE close_ms IS NOT NULL;
CREATE INDEX runs_by_agenda ON runs (agenda_ms) WHERE agenda_ms IS NOT NULL;
CREATE TABLE current_runs (
  namespace_id TEXT NOT NULL,
  workflow_id TEXT NOT NULL,
  run_key INTEGER NOT NULL,
  PRIMARY KEY (namespace_id, workflow_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE batches (
  run_key INTEGER NOT NULL,
  first_event_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  events BLOB NOT NULL,
  PRIMARY KEY (run_key, first_event_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE transitions (
  run_key INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  facts BLOB,
  PRIMARY KEY (run_key, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
  run_key INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  state BLOB NOT NULL
) STRICT;
`,
  'DROP TABLE snapshots;',
  // Runs of activities beside those of workflows, with ids of their own.
  `
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'workflow';
ALTER TABLE current_runs RENAME TO current_workflow_runs;
CREATE TABLE current_runs (
  kind TEXT NOT NULL,
  namespace_id TEXT NOT NULL,
  workflow_id TEXT NOT NULL,
  run_key INTEGER NOT NULL,
  PRIMARY KEY (kind, namespace_id, workflow_id)
) STRICT, WITHOUT ROWID;
INSERT INTO current_runs (kind, namespace_id, workflow_id, run_key)
  SELECT 'workflow', namespace_id, workflow_id, run_key FROM current_workflow_runs;
DROP TABLE current_workflow_runs;
`,
  // Visibility makes them again, in the order in which rows are cheap to add.
  `
DROP INDEX IF EXISTS visibility_by_time;
DROP INDEX IF EXISTS visibility_by_type;
DROP INDEX IF EXISTS visibility_by_status;
DROP INDEX IF EXISTS visibility_by_workflow;
DROP INDEX IF EXISTS visibility_by_queue;
DROP INDEX IF EXISTS visibility_by_parent;
DROP INDEX IF EXISTS visibility_by_root;
DROP INDEX IF EXISTS visibility_by_attribute;
`,
  // And again, with more in them.
  `
DROP INDEX IF EXISTS visibility_by_time;
DROP INDEX IF EXISTS visibility_by_run;
`,
];
