import { composeInterceptors, decodeRetryState } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { ActivityExecutionFailedError } from '../errors.ts';
import type { ActivityGetResultInput } from './activity-interceptor.ts';
import { callingActivity, targetFields } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

type Outcome = temporal.api.activity.v1.ActivityExecutionOutcome;

/** Waits until an activity is closed and gives its result, through the interceptors. */
export function activityResult(scope: ActivityScope, target: ActivityGetResultInput): Promise<unknown> {
  return composeInterceptors(scope.interceptors, 'getResult', async (last: ActivityGetResultInput) => {
    const outcome = await awaitOutcome(scope, last);
    if (outcome.failure) throw await readFailure(scope, last, outcome);
    return scope.converter.decodeFirst(outcome.result, last.outputType);
  })(target);
}

async function awaitOutcome(scope: ActivityScope, target: ActivityGetResultInput): Promise<Outcome> {
  for (;;) {
    const response = await callingActivity(
      scope,
      { action: 'Failed to get activity result', activityId: target.activityId },
      () => scope.service.pollActivityExecution(targetFields(scope, target)),
    );
    if (response.outcome) return response.outcome;
  }
}

async function readFailure(
  { converter }: ActivityScope,
  { activityId, activityRunId }: ActivityGetResultInput,
  { failure, retryState }: Outcome,
): Promise<Error> {
  const cause = failure ? await converter.decodeFailure(failure) : undefined;
  const error = new ActivityExecutionFailedError(
    'Activity execution failed',
    cause,
    activityId,
    activityRunId || undefined,
  );
  return Object.assign(error, { retryState: decodeRetryState(retryState) });
}
