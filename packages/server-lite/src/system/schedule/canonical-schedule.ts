import { ScheduleOverlapPolicy, type temporal, WorkflowIdReusePolicy } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { bounded } from '../../execution/bounded-duration.ts';
import { completedQueue } from '../../execution/task-queue.ts';
import { checkTimeouts, requireWorkQueue } from '../../rpc/validate.ts';
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
  const { limitedActions, remainingActions } = schedule?.state ?? {};
  if (limitedActions && (remainingActions ?? 0) < 0) throw invalidArgument('remaining_actions must not be negative');
  return {
    spec: canonicalSpec(schedule?.spec ?? {}),
    action: action ? { startWorkflow: canonicalAction(action) } : {},
    policies: canonicalPolicies(schedule?.policies ?? {}),
    state: schedule?.state ?? {},
  };
}

/** No timeout is left longer than durations may be; what was not given stays so. */
function canonicalAction(action: StartWorkflow): StartWorkflow {
  const canonical: StartWorkflow = { ...action, taskQueue: completedQueue(action.taskQueue) };
  for (const name of ['workflowExecutionTimeout', 'workflowRunTimeout', 'workflowTaskTimeout'] as const) {
    if (action[name]) canonical[name] = bounded(action[name]);
  }
  return canonical;
}

/** Of the time that is put behind the workflow id of each start. */
const appendedBytes = '-2009-11-10T23:00:00Z'.length;

/** What is wrong with the workflow that an action starts is told before anything else. @throws ServiceError INVALID_ARGUMENT */
export function checkAction(action: StartWorkflow | null | undefined): void {
  if (!action) return;
  if (Buffer.byteLength(action.workflowId ?? '') + appendedBytes > longestIdBytes)
    throw invalidArgument('WorkflowId length exceeds limit.');
  if (!action.workflowType?.name) throw invalidArgument('WorkflowType is not set on request.');
  if (Buffer.byteLength(action.workflowType.name) > longestIdBytes) {
    throw invalidArgument('WorkflowType length exceeds limit.');
  }
  requireWorkQueue(action.taskQueue);
  checkTimeouts(action);
  if (action.cronSchedule) throw invalidArgument('Scheduled workflow must not contain CronSchedule');
  const reuse = action.workflowIdReusePolicy;
  if (reuse && reuse !== WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE) {
    throw invalidArgument('Scheduled workflow must not contain WorkflowIDReusePolicy');
  }
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
