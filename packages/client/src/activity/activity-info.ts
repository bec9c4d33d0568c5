import {
  decodePriority,
  decodeTypedSearchAttributes,
  decompileRetryPolicy,
  optionalTsToDate,
  optionalTsToMs,
} from '@reprise/common';
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

/** Decodes the answer of `describe`; what it holds of payloads is converted when it is asked for. */
export function decodeActivityDescription(
  { converter }: ActivityScope,
  raw: RawDescription,
): ActivityExecutionDescription {
  const info = raw.info ?? {};
  const runState = decodePendingActivityState(info.runState);
  const { result, failure } = raw.outcome ?? {};
  const { heartbeatDetails, lastFailure, lastDeploymentVersion: version } = info;
  return {
    ...commonFields(info),
    attempt: info.attempt ?? 0,
    ...(runState && { runState }),
    ...(info.lastWorkerIdentity ? { lastWorkerIdentity: info.lastWorkerIdentity } : {}),
    ...(info.canceledReason ? { canceledReason: info.canceledReason } : {}),
    ...(version && {
      lastDeploymentVersion: { deploymentName: version.deploymentName ?? '', buildId: version.buildId ?? '' },
    }),
    ...(info.totalHeartbeatCount ? { totalHeartbeatCount: info.totalHeartbeatCount } : {}),
    retryPolicy: decompileRetryPolicy(info.retryPolicy) ?? {},
    priority: decodePriority(info.priority ?? {}),
    rawInfo: info,
    rawCallbacks: raw.callbacks ?? [],
    hasInput: Boolean(raw.input),
    hasResult: Boolean(result),
    hasOutcomeFailure: Boolean(failure),
    hasHeartbeatDetails: Boolean(heartbeatDetails),
    hasLastFailure: Boolean(lastFailure),
    getInput: async <T>() => (raw.input ? ((await converter.decodeAll(raw.input)) as T) : undefined),
    getResult: async <T>() => (result ? ((await converter.decodeFirst(result)) as T) : undefined),
    getOutcomeFailure: async () => (failure ? await converter.decodeFailure(failure) : undefined),
    getHeartbeatDetails: async <T>() =>
      heartbeatDetails ? ((await converter.decodeFirst(heartbeatDetails)) as T) : undefined,
    getLastFailure: async () => (lastFailure ? await converter.decodeFailure(lastFailure) : undefined),
  };
}

const dates = [
  'scheduleTime',
  'closeTime',
  'executionTime',
  'lastStartedTime',
  'lastHeartbeatTime',
  'lastAttemptCompleteTime',
  'nextAttemptScheduleTime',
  'expirationTime',
] as const satisfies (keyof RawActivityExecutionInfo & keyof ActivityExecutionDescription)[];

const durations = [
  'scheduleToCloseTimeout',
  'scheduleToStartTimeout',
  'startToCloseTimeout',
  'heartbeatTimeout',
  'startDelay',
  'currentRetryInterval',
  'executionDuration',
] as const satisfies (keyof RawActivityExecutionInfo)[];

type Times = Partial<Record<(typeof dates)[number], Date> & Record<`${(typeof durations)[number]}Ms`, number>>;

function times(raw: RawActivityExecutionInfo): Times {
  const found: Times = {};
  for (const name of dates) {
    const date = optionalTsToDate(raw[name]);
    if (date !== undefined) found[name] = date;
  }
  for (const name of durations) {
    const ms = optionalTsToMs(raw[name]);
    if (ms !== undefined) found[`${name}Ms`] = ms;
  }
  return found;
}

function commonFields(raw: RawActivityExecutionListInfo): ActivityExecutionInfo {
  return {
    ...times(raw),
    activityId: raw.activityId ?? '',
    activityRunId: raw.runId ?? '',
    activityType: raw.activityType?.name ?? '',
    taskQueue: raw.taskQueue ?? '',
    status: decodeActivityExecutionStatus(raw.status) ?? ActivityExecutionStatus.RUNNING,
    typedSearchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
  };
}
