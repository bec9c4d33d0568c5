import { WorkflowExecutionStatus } from '@reprise/proto';
import type { VisibilityRecord } from '../../execution/effects.ts';
import { serviceQueue } from '../../execution/task-queue.ts';
import { type ScheduleRecord, scheduleWorkflowId } from './schedule-record.ts';

export const schedulerDivision = 'TemporalScheduler';
const encoder = new TextEncoder();

const json = (value: unknown, type: string) => ({
  metadata: { encoding: encoder.encode('json/plain'), type: encoder.encode(type) },
  data: encoder.encode(JSON.stringify(value)),
});

/** A schedule as lists see it: a run in a division of its own. */
export function scheduleVisibility(record: ScheduleRecord): VisibilityRecord {
  const workflowId = scheduleWorkflowId(record.id);
  return {
    runKey: record.visibilityKey,
    namespaceId: record.namespaceId,
    workflowId,
    runId: record.runId,
    workflowType: 'temporal-sys-scheduler-workflow',
    taskQueue: serviceQueue,
    status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    startTimeMs: record.createMs,
    executionTimeMs: record.createMs,
    rootWorkflowId: workflowId,
    rootRunId: record.runId,
    memo: record.memo ?? {},
    searchAttributes: {
      indexedFields: {
        ...record.searchAttributes?.indexedFields,
        TemporalNamespaceDivision: json(schedulerDivision, 'Keyword'),
        TemporalSchedulePaused: json(record.schedule.state?.paused === true, 'Bool'),
      },
    },
  };
}
