import { decodePriority, decodeTypedSearchAttributes, decompileRetryPolicy, optionalTsToDate } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import {
  ActivityExecutionStatus,
  decodeActivityExecutionStatus,
  decodePendingActivityState,
} from './activity-enums.ts';
import type {
  ActivityExecutionDescription,
  ActivityExecutionInfo,
  RawActivityExecutionInfo,
  RawActivityExecutionListInfo,
} from './activity-options.ts';
import type { ActivityScope } from './activity-scope.ts';

type RawDescription = temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;

/** Decodes an entry of a list. */
export function decodeActivityInfo(raw: RawActivityExecutionListInfo): ActivityExecutionInfo {
  return { ...commonFields(raw), rawListInfo: raw };
}

/** Decodes the answer of `describe`. */
export async function decodeActivityDescription(
  { converter }: ActivityScope,
  raw: RawDescription,
): Promise<ActivityExecutionDescription> {
  const info = raw.info ?? {};
  const retryPolicy = decompileRetryPolicy(info.retryPolicy);
  const runState = decodePendingActivityState(info.runState);
  return {
    ...commonFields(info),
    attempt: info.attempt ?? 0,
    ...(runState && { runState }),
    ...dates(info),
    ...(info.lastWorkerIdentity ? { lastWorkerIdentity: info.lastWorkerIdentity } : {}),
    ...(retryPolicy && { retryPolicy }),
    ...(info.priority && { priority: decodePriority(info.priority) }),
    rawInfo: info,
    ...(raw.input && { input: await converter.decodeAll(raw.input) }),
    ...(raw.outcome?.result && { result: await converter.decodeFirst(raw.outcome.result) }),
    ...(raw.outcome?.failure && { failure: await converter.decodeFailure(raw.outcome.failure) }),
    ...(info.heartbeatDetails && { heartbeatDetails: await converter.decodeAll(info.heartbeatDetails) }),
    ...(info.lastFailure && { lastFailure: await converter.decodeFailure(info.lastFailure) }),
  };
}

function commonFields(raw: Omit<RawActivityExecutionListInfo, 'stateTransitionCount'>): ActivityExecutionInfo {
  const scheduleTime = optionalTsToDate(raw.scheduleTime);
  const closeTime = optionalTsToDate(raw.closeTime);
  return {
    activityId: raw.activityId ?? '',
    activityRunId: raw.runId ?? '',
    activityType: raw.activityType?.name ?? '',
    taskQueue: raw.taskQueue ?? '',
    status: decodeActivityExecutionStatus(raw.status) ?? ActivityExecutionStatus.RUNNING,
    ...(scheduleTime && { scheduleTime }),
    ...(closeTime && { closeTime }),
    typedSearchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
  };
}

function dates(
  info: RawActivityExecutionInfo,
): Pick<ActivityExecutionDescription, 'lastStartedTime' | 'lastHeartbeatTime' | 'nextAttemptScheduleTime'> {
  const lastStartedTime = optionalTsToDate(info.lastStartedTime);
  const lastHeartbeatTime = optionalTsToDate(info.lastHeartbeatTime);
  const nextAttemptScheduleTime = optionalTsToDate(info.nextAttemptScheduleTime);
  return {
    ...(lastStartedTime && { lastStartedTime }),
    ...(lastHeartbeatTime && { lastHeartbeatTime }),
    ...(nextAttemptScheduleTime && { nextAttemptScheduleTime }),
  };
}
