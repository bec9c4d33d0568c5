import { decodeMessage, encodeMessage } from '@reprise/proto';
import type { VisibilityRecord } from '../execution/effects.ts';
import { neverMs } from './filter-fields.ts';

/** A record as its table keeps it. */
export interface VisibilityRow {
  readonly run_key: number;
  readonly namespace_id: string;
  readonly workflow_id: string;
  readonly run_id: string;
  readonly workflow_type: string;
  readonly task_queue: string;
  readonly status: number;
  readonly start_ms: number;
  readonly execution_ms: number;
  readonly close_ms: number | null;
  readonly sort_ms: number;
  readonly history_length: number | null;
  readonly history_size_bytes: number | null;
  readonly state_transition_count: number | null;
  readonly parent_workflow_id: string | null;
  readonly parent_run_id: string | null;
  readonly root_workflow_id: string;
  readonly root_run_id: string;
  readonly division: string | null;
  /** Memo and search attributes, as a WorkflowExecutionInfo. */
  readonly extra: Uint8Array | null;
}

const extraType = 'temporal.api.workflow.v1.WorkflowExecutionInfo';
const decoder = new TextDecoder();

function divisionOf(record: VisibilityRecord): string | null {
  const data = record.searchAttributes?.indexedFields?.['TemporalNamespaceDivision']?.data;
  if (!data) return null;
  const value: unknown = JSON.parse(decoder.decode(data));
  return typeof value === 'string' ? value : null;
}

export function rowOf(record: VisibilityRecord): VisibilityRow {
  const { memo, searchAttributes } = record;
  const hasExtra = Object.keys({ ...memo?.fields, ...searchAttributes?.indexedFields }).length > 0;
  return {
    run_key: record.runKey,
    namespace_id: record.namespaceId,
    workflow_id: record.workflowId,
    run_id: record.runId,
    workflow_type: record.workflowType,
    task_queue: record.taskQueue,
    status: record.status,
    start_ms: record.startTimeMs,
    execution_ms: record.executionTimeMs,
    close_ms: record.closeTimeMs ?? null,
    sort_ms: record.closeTimeMs ?? neverMs,
    history_length: record.historyLength ?? null,
    history_size_bytes: record.historySizeBytes ?? null,
    state_transition_count: record.stateTransitionCount ?? null,
    parent_workflow_id: record.parentWorkflowId || null,
    parent_run_id: record.parentRunId || null,
    root_workflow_id: record.rootWorkflowId,
    root_run_id: record.rootRunId,
    division: divisionOf(record),
    extra: hasExtra ? encodeMessage(extraType, { memo, searchAttributes }) : null,
  };
}

export function isSameRow(row: VisibilityRow, other: VisibilityRow | undefined): boolean {
  if (!other) return false;
  const { extra, ...plain } = row;
  const isSamePlain = Object.entries(plain).every(([name, value]) => other[name as keyof typeof plain] === value);
  if (!isSamePlain || extra === null || other.extra === null) return isSamePlain && extra === other.extra;
  return Buffer.compare(extra, other.extra) === 0;
}

export function recordOf(row: VisibilityRow): VisibilityRecord {
  const extra = row.extra ? decodeMessage(extraType, row.extra) : {};
  const present = <Key extends string, Value>(key: Key, value: Value | null): { [Name in Key]?: Value } =>
    (value === null ? {} : { [key]: value }) as { [Name in Key]?: Value };
  return {
    runKey: row.run_key,
    namespaceId: row.namespace_id,
    workflowId: row.workflow_id,
    runId: row.run_id,
    workflowType: row.workflow_type,
    taskQueue: row.task_queue,
    status: row.status,
    startTimeMs: row.start_ms,
    executionTimeMs: row.execution_ms,
    rootWorkflowId: row.root_workflow_id,
    rootRunId: row.root_run_id,
    memo: extra.memo ?? {},
    searchAttributes: extra.searchAttributes ?? {},
    ...present('closeTimeMs', row.close_ms),
    ...present('historyLength', row.history_length),
    ...present('historySizeBytes', row.history_size_bytes),
    ...present('stateTransitionCount', row.state_transition_count),
    ...present('parentWorkflowId', row.parent_workflow_id),
    ...present('parentRunId', row.parent_run_id),
  };
}
