import { randomUUID } from 'node:crypto';
import { compilePriority, compileRetryPolicy, composeInterceptors, msOptionalToTs } from '@reprise/common';
import type { Duration } from '@reprise/common';
import { decodeActivityDescription } from './activity-info.ts';
import type {
  ActivityDescribeOptions,
  ActivityExecutionDescription,
  ActivityOptionsUpdate,
  ActivityTarget,
} from './activity-options.ts';
import { activityResult } from './activity-result.ts';
import { callingActivity, targetFields } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

/** One standalone activity. */
export interface ActivityHandle<Result = unknown> {
  readonly activityId: string;
  /** The run that the handle is about; without one, the latest. */
  readonly activityRunId?: string;
  /** The result, waited for. @throws ActivityExecutionFailedError when there is none. */
  result(): Promise<Result>;
  describe(options?: ActivityDescribeOptions): Promise<ActivityExecutionDescription>;
  /** Asks the activity to cancel itself. */
  cancel(reason?: string): Promise<void>;
  /** Ends the activity without asking it. */
  terminate(reason?: string): Promise<void>;
  /** Starts no further attempt until `unpause`. */
  pause(options?: { reason?: string }): Promise<void>;
  unpause(options?: { reason?: string; jitter?: Duration }): Promise<void>;
  /** Changes options for the attempts to come. */
  updateOptions(update: ActivityOptionsUpdate): Promise<void>;
  /** Takes back what `updateOptions` changed. */
  restoreOriginalOptions(): Promise<void>;
}

/** Makes the handle of an activity. */
export function activityHandle<Result>(scope: ActivityScope, target: ActivityTarget): ActivityHandle<Result> {
  const { service, identity, interceptors } = scope;
  const fields = targetFields(scope, target);
  const { activityId, activityRunId } = target;
  const call = async (action: string, request: () => Promise<unknown>): Promise<void> => {
    await callingActivity(scope, { action, activityId }, request);
  };
  const requested = { ...fields, identity };
  const update = (change: object): Promise<void> =>
    call('Failed to update activity options', () =>
      service.updateActivityExecutionOptions({ ...requested, requestId: randomUUID(), ...change }),
    );
  return {
    activityId,
    ...(activityRunId !== undefined && { activityRunId }),
    result: async () => (await activityResult(scope, target)) as Result,
    describe: (options = {}) => describe(scope, { ...target, options }),
    cancel: (reason) =>
      composeInterceptors(interceptors, 'cancel', (last) =>
        call('Failed to cancel activity', () =>
          service.requestCancelActivityExecution({ ...requested, requestId: randomUUID(), reason: last.reason }),
        ),
      )({ ...target, reason }),
    terminate: (reason) =>
      composeInterceptors(interceptors, 'terminate', (last) =>
        call('Failed to terminate activity', () =>
          service.terminateActivityExecution({ ...requested, requestId: randomUUID(), reason: last.reason }),
        ),
      )({ ...target, reason }),
    pause: ({ reason } = {}) =>
      call('Failed to pause activity', () =>
        service.pauseActivityExecution({ ...requested, requestId: randomUUID(), reason }),
      ),
    unpause: ({ reason, jitter } = {}) =>
      call('Failed to unpause activity', () =>
        service.unpauseActivityExecution({
          ...requested,
          requestId: randomUUID(),
          reason,
          jitter: msOptionalToTs(jitter),
        }),
      ),
    updateOptions: (change) => update(encodeUpdate(change)),
    restoreOriginalOptions: () => update({ restoreOriginal: true }),
  };
}

function describe(
  scope: ActivityScope,
  input: ActivityTarget & { readonly options: ActivityDescribeOptions },
): Promise<ActivityExecutionDescription> {
  return composeInterceptors(scope.interceptors, 'describe', async (last: typeof input) => {
    const response = await callingActivity(
      scope,
      { action: 'Failed to describe activity', activityId: last.activityId },
      () => scope.service.describeActivityExecution({ ...targetFields(scope, last), ...last.options }),
    );
    return decodeActivityDescription(scope, response);
  })(input);
}

function encodeUpdate(update: ActivityOptionsUpdate) {
  const activityOptions = {
    ...(update.taskQueue !== undefined && { taskQueue: { name: update.taskQueue } }),
    ...(update.startToCloseTimeout !== undefined && {
      startToCloseTimeout: msOptionalToTs(update.startToCloseTimeout),
    }),
    ...(update.scheduleToCloseTimeout !== undefined && {
      scheduleToCloseTimeout: msOptionalToTs(update.scheduleToCloseTimeout),
    }),
    ...(update.scheduleToStartTimeout !== undefined && {
      scheduleToStartTimeout: msOptionalToTs(update.scheduleToStartTimeout),
    }),
    ...(update.heartbeatTimeout !== undefined && { heartbeatTimeout: msOptionalToTs(update.heartbeatTimeout) }),
    ...(update.retry !== undefined && { retryPolicy: compileRetryPolicy(update.retry) }),
    ...(update.priority !== undefined && { priority: compilePriority(update.priority) }),
  };
  const paths = Object.keys(activityOptions).map((name) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  return { activityOptions, updateMask: { paths } };
}
