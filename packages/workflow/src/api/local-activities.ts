import {
  msNumberToTs,
  msOptionalToNumber,
  optionalTsToMs,
  type ActivityFunction,
  type ActivityFunctionWithOptions,
  type LocalActivityOptions,
  type Untyped,
  type UntypedActivities,
  refuseTypeInfo,
} from '@reprise/common';
import { argsToWall, ask, headersToWall, userMetadata } from '../run/asking.ts';
import { activityConverters } from '../run/converters.ts';
import { requireRun } from '../run/current-run.ts';
import { waitInScope } from '../run/current-scope.ts';
import { LocalActivityDoBackoff } from '../run/local-activity-backoff.ts';
import { capturePlace, type Place } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import type { IntentOf } from '../intents.ts';
import { captureFrame, restoreFrame, setFrame } from '../scope/async-scope.ts';
import { activityProxy, mergeOptions, requireTimeout, timeoutsOf, type NotAnActivityMethod } from './activities.ts';
import type { LocalActivityInput, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { sleep } from './sleep.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

/** Options for all local activities of a proxy. */
export type LocalActivityProxyOptions = LocalActivityOptions;

/** The activities of a module as workflow code calls them locally. */
export type LocalActivityInterfaceFor<T> = {
  [K in keyof T]: T[K] extends ActivityFunction
    ? ActivityFunctionWithOptions<T[K], LocalActivityOptions>
    : typeof NotAnActivityMethod;
};

function requireRegistered(run: Run, activityType: string): void {
  const names = run.creation.registeredActivityNames;
  if (names === undefined || run.task.isReplaying || names.includes(activityType) || names.includes('default')) return;
  throw new ReferenceError(`Local activity of type '${activityType}' not registered on worker`);
}

function intentOf(run: Run, input: LocalActivityInput): IntentOf<'scheduleLocalActivity'> {
  const { options, seq } = input;
  const { payload } = activityConverters(run, `${seq}`, true);
  const localRetryThresholdMs = msOptionalToNumber(options.localRetryThreshold);
  const originalScheduleTimeMs = optionalTsToMs(input.originalScheduleTime);
  return {
    kind: 'scheduleLocalActivity',
    seq,
    attempt: input.attempt,
    activityId: `${seq}`,
    activityType: input.activityType,
    args: argsToWall(payload, input.args),
    headers: headersToWall(input.headers),
    ...timeoutsOf(options),
    cancellation: options.cancellationType ?? 'TRY_CANCEL',
    ...(localRetryThresholdMs === undefined ? {} : { localRetryThresholdMs }),
    ...(originalScheduleTimeMs === undefined ? {} : { originalScheduleTimeMs }),
    ...userMetadata(payload, options.summary),
  };
}

let placeOfCall: Place | undefined;

// An async function: what it throws must reject the call, after as many microtasks as histories are used to.
async function schedule(input: LocalActivityInput): Promise<unknown> {
  const run = requireRun('A local activity can only be scheduled by workflow code');
  requireRegistered(run, input.activityType);
  requireTimeout(input.options);
  const place = placeOfCall ?? capturePlace(schedule);
  const { seq } = input;
  return new Promise((resolve, reject) => {
    const onCancel = (): void => {
      if (run.pending.has('activity', seq)) ask(run, { kind: 'cancelLocalActivity', seq });
    };
    const waiting = { resolve, reject, place, onCancel, converters: activityConverters(run, `${seq}`, true) };
    waitInScope(run, { kind: 'activity', seq }, waiting, () => ask(run, intentOf(run, input), place));
  });
}

type Attempt = Pick<LocalActivityInput, 'attempt' | 'originalScheduleTime'>;

function callOnce(
  call: Omit<LocalActivityInput, 'seq' | 'headers' | keyof Attempt> & { place: Place },
  attempt: Attempt,
): Promise<unknown> {
  const run = requireRun('Workflow.scheduleLocalActivity(...) may only be used from a Workflow Execution');
  const { place, ...rest } = call;
  const seq = run.seqs.activity++;
  const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'scheduleLocalActivity'>(
    run.interceptors.outbound,
    'scheduleLocalActivity',
    schedule,
  );
  placeOfCall = place;
  try {
    return execute({ ...rest, ...attempt, headers: {}, seq });
  } finally {
    placeOfCall = undefined;
  }
}

async function callLocalActivity(
  call: { activityType: string; args: unknown[]; options: LocalActivityOptions },
  above: (...args: never[]) => unknown,
): Promise<unknown> {
  requireRun('Workflow.scheduleLocalActivity(...) may only be used from a Workflow Execution');
  if (call.options === undefined) throw new TypeError('Got empty activity options');
  const frame = captureFrame();
  const placed = { ...call, place: capturePlace(above) };
  let attempt: Attempt = { attempt: 1 };
  for (;;) {
    try {
      return restoreFrame(frame, await callOnce(placed, attempt));
    } catch (error) {
      setFrame(frame);
      if (!(error instanceof LocalActivityDoBackoff)) throw error;
      const { backoffMs, originalScheduleTimeMs } = error.backoff;
      restoreFrame(frame, await sleep(backoffMs));
      attempt = {
        attempt: error.backoff.attempt,
        ...(originalScheduleTimeMs === undefined ? {} : { originalScheduleTime: msNumberToTs(originalScheduleTimeMs) }),
      };
    }
  }
}

/**
 * Runs a local activity by its type name: in the worker that runs the workflow.
 *
 * @throws ActivityFailure when it fails for good; its cause says why
 */
export function scheduleLocalActivity<R>(
  activityType: string,
  args: Untyped[],
  options: LocalActivityOptions,
): Promise<R> {
  return callLocalActivity({ activityType, args, options }, scheduleLocalActivity) as Promise<R>;
}

/**
 * Makes functions that run local activities, typed like the activities themselves.
 *
 * @param options for every call; at least one of `startToCloseTimeout` and `scheduleToCloseTimeout`
 * @example const { lookUp } = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '2s' });
 */
export function proxyLocalActivities<A = UntypedActivities>(
  options: LocalActivityProxyOptions,
): LocalActivityInterfaceFor<A> {
  if (options === undefined) throw new TypeError('options must be defined');
  refuseTypeInfo(options, 'proxyLocalActivities');
  return activityProxy<LocalActivityOptions>((activityType, args, { overrides, above }) =>
    callLocalActivity({ activityType, args, options: mergeOptions(options, overrides) }, above),
  ) as LocalActivityInterfaceFor<A>;
}
