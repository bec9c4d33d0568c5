import type { temporal } from '@reprise/proto';
import type { VisibilityRecord } from '../../execution/effects.ts';
import { toDuration, toTimestamp } from '../wire-time.ts';

type ExecutionInfo = temporal.api.workflow.v1.WorkflowExecutionInfo;

/** One run as lists show it. */
export function executionInfo(record: VisibilityRecord): ExecutionInfo {
  const parent = record.parentWorkflowId
    ? { parentExecution: { workflowId: record.parentWorkflowId, runId: record.parentRunId ?? '' } }
    : {};
  return {
    execution: { workflowId: record.workflowId, runId: record.runId },
    type: { name: record.workflowType },
    startTime: toTimestamp(record.startTimeMs),
    executionTime: toTimestamp(record.executionTimeMs),
    status: record.status as ExecutionInfo['status'],
    memo: record.memo ?? {},
    searchAttributes: record.searchAttributes ?? {},
    taskQueue: record.taskQueue,
    ...parent,
    rootExecution: { workflowId: record.rootWorkflowId, runId: record.rootRunId },
    ...(record.closeTimeMs === undefined ? {} : closedInfo(record, record.closeTimeMs)),
  };
}

const closedInfo = (record: VisibilityRecord, closeTimeMs: number): ExecutionInfo => ({
  closeTime: toTimestamp(closeTimeMs),
  historyLength: record.historyLength,
  historySizeBytes: record.historySizeBytes,
  stateTransitionCount: record.stateTransitionCount,
  executionDuration: toDuration(closeTimeMs - record.executionTimeMs),
});
