/**
 * Every index ends in the order of lists, so that a page of an equality is read without sorting. Lists read it backwards:
 * what is new then comes last, which is where a row is cheap to add.
 */
const order = 'sort_ms, start_ms, run_key';

export const visibilitySchema = `
CREATE TABLE IF NOT EXISTS visibility_runs (
  run_key INTEGER PRIMARY KEY,
  namespace_id TEXT NOT NULL,
  workflow_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  workflow_type TEXT NOT NULL,
  task_queue TEXT NOT NULL,
  status INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  execution_ms INTEGER NOT NULL,
  close_ms INTEGER,
  sort_ms INTEGER NOT NULL,
  history_length INTEGER,
  history_size_bytes INTEGER,
  state_transition_count INTEGER,
  parent_workflow_id TEXT,
  parent_run_id TEXT,
  root_workflow_id TEXT NOT NULL,
  root_run_id TEXT NOT NULL,
  division TEXT,
  extra BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS visibility_by_time ON visibility_runs (namespace_id, ${order}, division, status, close_ms, execution_ms, history_length, history_size_bytes, state_transition_count);
CREATE INDEX IF NOT EXISTS visibility_by_start ON visibility_runs (namespace_id, start_ms);
CREATE INDEX IF NOT EXISTS visibility_by_type ON visibility_runs (namespace_id, workflow_type, ${order}, status, division);
CREATE INDEX IF NOT EXISTS visibility_by_status ON visibility_runs (namespace_id, status, ${order}, division);
CREATE INDEX IF NOT EXISTS visibility_by_workflow ON visibility_runs (namespace_id, workflow_id, ${order});
CREATE INDEX IF NOT EXISTS visibility_by_queue ON visibility_runs (namespace_id, task_queue, ${order}, division, close_ms, status);
CREATE INDEX IF NOT EXISTS visibility_by_run ON visibility_runs (namespace_id, run_id);
CREATE INDEX IF NOT EXISTS visibility_by_parent ON visibility_runs (namespace_id, parent_workflow_id, ${order})
  WHERE parent_workflow_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS visibility_by_root ON visibility_runs (namespace_id, root_workflow_id, ${order})
  WHERE root_run_id <> run_id;
CREATE INDEX IF NOT EXISTS visibility_by_root_run ON visibility_runs (namespace_id, root_run_id)
  WHERE root_run_id <> run_id;
CREATE TABLE IF NOT EXISTS visibility_attributes (
  run_key INTEGER NOT NULL,
  name TEXT NOT NULL,
  value ANY NOT NULL,
  namespace_id TEXT NOT NULL,
  sort_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  PRIMARY KEY (run_key, name, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS visibility_by_attribute
  ON visibility_attributes (namespace_id, name, value, ${order});
`;
