import { randomUUID } from 'node:crypto';
import { composeInterceptors, msOptionalToTs } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { decodeActivityDescription } from './activity-info.ts';
import type { ActivityDescribeInput, ActivityTargetInput } from './activity-interceptor.ts';
import type {
  ActivityExecutionDescription,
  ActivityHandle,
  ActivityOptionsUpdateResult,
  ActivityTarget,
} from './activity-options.ts';
import { decodeOptions, encodeOptionsUpdate } from './activity-options-codec.ts';
import { activityResult } from './activity-result.ts';
import { callingActivity, targetFields } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

type UpdateRequest = temporal.api.workflowservice.v1.UpdateActivityExecutionOptionsRequest;

/** Makes the handle of an activity. */
export function activityHandle<R>(
  { converter, ...rest }: ActivityScope,
  { activityId, activityRunId, outputType }: ActivityTarget,
): ActivityHandle<R> {
  const context = { type: 'activity' as const, namespace: rest.namespace, activityId, isLocal: false };
  const scope = { ...rest, converter: converter.within(context) };
  const { service, interceptors } = scope;
  const here = { activityId, activityRunId: activityRunId ?? '', headers: {} };
  return {
    activityId,
    ...(activityRunId !== undefined && { runId: activityRunId }),
    result: async () => (await activityResult(scope, { ...here, ...(outputType && { outputType }) })) as R,
    describe: (options = {}) => describe(scope, { ...here, options: { ...nothingMore, ...options } }),
    cancel: (reason = '') =>
      composeInterceptors(interceptors, 'cancel', async (last) => {
        await calling(scope, last, 'Failed to cancel activity', (fields) =>
          service.requestCancelActivityExecution({ ...fields, reason: last.reason }),
        );
      })({ ...here, reason }),
    terminate: (reason = '') =>
      composeInterceptors(interceptors, 'terminate', async (last) => {
        await calling(scope, last, 'Failed to terminate activity', (fields) =>
          service.terminateActivityExecution({ ...fields, reason: last.reason }),
        );
      })({ ...here, reason }),
    pause: (options = {}) =>
      composeInterceptors(interceptors, 'pause', async (last) => {
        await calling(scope, last, 'Failed to pause activity', (fields) =>
          service.pauseActivityExecution({ ...fields, reason: last.options.reason }),
        );
      })({ ...here, options }),
    unpause: (options = {}) =>
      composeInterceptors(interceptors, 'unpause', async (last) => {
        const { reason, jitter } = last.options;
        await calling(scope, last, 'Failed to unpause activity', (fields) =>
          service.unpauseActivityExecution({ ...fields, reason, jitter: msOptionalToTs(jitter) }),
        );
      })({ ...here, options }),
    updateOptions: (options) =>
      composeInterceptors(interceptors, 'updateOptions', (last) =>
        update(scope, last, encodeOptionsUpdate(last.options)),
      )({ ...here, options }),
    restoreOriginalOptions: () =>
      composeInterceptors(interceptors, 'restoreOriginalOptions', (last) =>
        update(scope, last, { restoreOriginal: true }),
      )(here),
  };
}

const nothingMore = {
  includeInput: false,
  includeOutcome: false,
  includeHeartbeatDetails: false,
  includeLastFailure: false,
};

function calling<R>(
  scope: ActivityScope,
  target: ActivityTargetInput,
  action: string,
  call: (fields: ReturnType<typeof targetFields> & { identity: string; requestId: string }) => Promise<R>,
): Promise<R> {
  const fields = { ...targetFields(scope, target), identity: scope.identity, requestId: randomUUID() };
  return callingActivity(scope, { action, activityId: target.activityId }, () => call(fields));
}

async function update(
  scope: ActivityScope,
  target: ActivityTargetInput,
  change: UpdateRequest,
): Promise<ActivityOptionsUpdateResult> {
  const { activityOptions } = await calling(scope, target, 'Failed to update activity options', (fields) =>
    scope.service.updateActivityExecutionOptions({ ...fields, ...change }),
  );
  return decodeOptions(activityOptions);
}

function describe(scope: ActivityScope, input: ActivityDescribeInput): Promise<ActivityExecutionDescription> {
  return composeInterceptors(scope.interceptors, 'describe', async (last: ActivityDescribeInput) => {
    const response = await callingActivity(
      scope,
      { action: 'Failed to describe activity', activityId: last.activityId },
      () => scope.service.describeActivityExecution({ ...targetFields(scope, last), ...last.options }),
    );
    return decodeActivityDescription(scope, response);
  })(input);
}
