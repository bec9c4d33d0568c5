import { type temporal, WorkflowIdReusePolicy } from '@reprise/proto';
import type { BufferedStart } from './overlap.ts';
import type { ScheduleRecord } from './schedule-record.ts';

type StartRequest = temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;

const encoder = new TextEncoder();

const json = (value: string) => ({
  metadata: { encoding: encoder.encode('json/plain') },
  data: encoder.encode(JSON.stringify(value)),
});

/** `2020-01-01T01:00:00Z` */
const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const schedulerIdentity = (record: ScheduleRecord): string =>
  `temporal-scheduler-${record.namespace}-${record.id}`;

/** The request that carries out one action of the schedule. */
export function scheduledStart(record: ScheduleRecord, start: BufferedStart): StartRequest {
  const action = record.schedule.action?.startWorkflow ?? {};
  const nominal = wholeSeconds(start.nominalMs);
  const { workflowIdReusePolicy: _policy, cronSchedule: _cron, ...kept } = action;
  return {
    ...kept,
    namespace: record.namespace,
    // Always with the time: the service keeps `keepOriginalWorkflowId` with the schedule and does not act on it.
    workflowId: `${action.workflowId ?? ''}-${nominal}`,
    searchAttributes: {
      indexedFields: {
        ...action.searchAttributes?.indexedFields,
        TemporalScheduledStartTime: json(nominal),
        TemporalScheduledById: json(record.id),
      },
    },
    identity: schedulerIdentity(record),
    requestId: start.requestId,
    workflowIdReusePolicy: start.manual
      ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
      : WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
    ...(record.lastResult ? { lastCompletionResult: record.lastResult } : {}),
    ...(record.continuedFailure ? { continuedFailure: record.continuedFailure } : {}),
  };
}
