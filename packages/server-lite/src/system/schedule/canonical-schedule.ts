import { ScheduleOverlapPolicy, TaskQueueKind, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { requireTaskQueue } from '../../rpc/validate.ts';
import { canonicalSpec } from './canonical-spec.ts';
import type { Schedule } from './schedule-record.ts';

type Policies = temporal.api.schedule.v1.SchedulePolicies;
type StartWorkflow = temporal.api.workflow.v1.NewWorkflowExecutionInfo;

const defaultCatchupSeconds = 365 * 86_400;
const shortestCatchupSeconds = 10;
const longestIdBytes = 1000;

/** @throws ServiceError INVALID_ARGUMENT */
export function canonicalSchedule(schedule: Schedule | null | undefined): Schedule {
  const action = schedule?.action?.startWorkflow;
  return {
    spec: canonicalSpec(schedule?.spec ?? {}),
    action: action ? { startWorkflow: canonicalStart(action) } : {},
    policies: canonicalPolicies(schedule?.policies ?? {}),
    state: schedule?.state ?? {},
  };
}

function canonicalStart(action: StartWorkflow): StartWorkflow {
  if (Buffer.byteLength(action.workflowId ?? '') > longestIdBytes)
    throw invalidArgument('WorkflowId length exceeds limit.');
  if (!action.workflowType?.name) throw invalidArgument('WorkflowType is not set on request.');
  requireTaskQueue(action.taskQueue);
  if (action.cronSchedule) throw invalidArgument('Scheduled workflow must not contain CronSchedule');
  if (action.workflowIdReusePolicy) throw invalidArgument('Scheduled workflow must not contain WorkflowIDReusePolicy');
  return { ...action, taskQueue: { ...action.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL } };
}

function canonicalPolicies(policies: Policies): Policies {
  const given = policies.catchupWindow?.seconds ?? 0;
  const seconds = policies.catchupWindow ? Math.max(given, shortestCatchupSeconds) : defaultCatchupSeconds;
  return {
    ...policies,
    overlapPolicy: policies.overlapPolicy || ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP,
    catchupWindow: { seconds },
  };
}
