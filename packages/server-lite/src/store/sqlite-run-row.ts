import type { RunRow } from './store.ts';

export type Row = Record<string, unknown>;

export const runColumns =
  'run_key, kind, namespace_id, namespace, workflow_id, run_id, status, create_request_id, start_ms, close_ms';

export function runOf(row: Row): RunRow {
  return {
    key: Number(row['run_key']),
    kind: row['kind'] === 'activity' ? 'activity' : 'workflow',
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
