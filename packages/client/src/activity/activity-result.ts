import { composeInterceptors, decodeRetryState } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { ActivityExecutionFailedError } from '../errors.ts';
import type { ActivityTarget } from './activity-options.ts';
import { callingActivity, targetFields } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

type Outcome = temporal.api.activity.v1.ActivityExecutionOutcome;

/** Waits until an activity is closed and gives its result, through the interceptors. */
export function activityResult(scope: ActivityScope, target: ActivityTarget): Promise<unknown> {
  return composeInterceptors(scope.interceptors, 'getResult', async (last: ActivityTarget) => {
    const outcome = await awaitOutcome(scope, last);
    if (outcome.failure) throw await readFailure(scope, outcome);
    return scope.converter.decodeFirst(outcome.result);
  })(target);
}

async function awaitOutcome(scope: ActivityScope, target: ActivityTarget): Promise<Outcome> {
  for (;;) {
    const response = await callingActivity(
      scope,
      { action: 'Failed to get activity result', activityId: target.activityId },
      () => scope.service.pollActivityExecution(targetFields(scope, target)),
    );
    if (response.outcome) return response.outcome;
  }
}

async function readFailure({ converter }: ActivityScope, { failure, retryState }: Outcome): Promise<Error> {
  const cause = failure ? await converter.decodeFailure(failure) : undefined;
  return new ActivityExecutionFailedError('Activity execution failed', cause, decodeRetryState(retryState));
}
