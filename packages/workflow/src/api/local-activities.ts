import {
  withOptionNames,
  msNumberToTs,
  msOptionalToNumber,
  optionalTsToMs,
  type ActivityFunction,
  type ActivityTypeInfoMap,
  type PayloadTypeInfo,
  type Untyped,
  type UntypedActivities,
} from '@reprise/common';
import { argsToWall, ask, headersToWall, userMetadata } from '../run/asking.ts';
import { checkOptionNames, type Known } from '../run/check-spelling.ts';
import { activityConverters } from '../run/converters.ts';
import { requireRun } from '../run/current-run.ts';
import { waitInScope } from '../run/current-scope.ts';
import { LocalActivityDoBackoff } from '../run/local-activity-backoff.ts';
import { capturePlace, type Place } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import type { IntentOf } from '../intents.ts';
import { captureFrame, restoreFrame, setFrame } from '../scope/async-scope.ts';
import {
  activityKinds,
  activityProxy,
  cancellationOf,
  mergeOptions,
  requireTimeout,
  timeoutsOf,
  typeInfoOf,
  type NotAnActivityMethod,
} from './activities.ts';
import type { LocalActivityInput, LocalActivityOptions, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { withGroups } from './event-group-scope.ts';
import { sleep } from './sleep.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

/** Options for all local activities of a proxy. */
export interface LocalActivityProxyOptions<A = UntypedActivities> extends LocalActivityOptions {
  /** What is declared of the types of activities, by their names. */
  activityTypeInfo?: ActivityTypeInfoMap<A>;
}

/** An activity function that can be called locally with options of its own. */
export type LocalActivityFunctionWithOptions<T extends ActivityFunction> = T & {
  /** Calls the activity once with options that override those of the proxy. */
  executeWithOptions(options: LocalActivityOptions, args: Parameters<T>): Promise<Awaited<ReturnType<T>>>;
};

/** The activities of a module as workflow code calls them locally. */
export type LocalActivityInterfaceFor<T> = {
  [K in keyof T]: T[K] extends ActivityFunction ? LocalActivityFunctionWithOptions<T[K]> : typeof NotAnActivityMethod;
};

function requireRegistered(run: Run, activityType: string): void {
  const names = run.creation.registeredActivityNames;
  if (names === undefined || run.task.isReplaying || names.includes(activityType) || names.includes('default')) return;
  throw new ReferenceError(`Local activity of type '${activityType}' not registered on worker`);
}

function intentOf(run: Run, input: LocalActivityInput): IntentOf<'scheduleLocalActivity'> {
  const { options, seq } = input;
  const { payload } = activityConverters(run, { activityId: `${seq}`, isLocal: true });
  const localRetryThresholdMs = msOptionalToNumber(options.localRetryThreshold);
  const originalScheduleTimeMs = optionalTsToMs(input.originalScheduleTime);
  return {
    kind: 'scheduleLocalActivity',
    seq,
    attempt: input.attempt,
    activityId: `${seq}`,
    activityType: input.activityType,
    args: argsToWall(payload, input.args, input.typeInfo),
    headers: headersToWall(input.headers),
    ...timeoutsOf(options),
    cancellation: cancellationOf(options),
    ...(localRetryThresholdMs === undefined ? {} : { localRetryThresholdMs }),
    ...(originalScheduleTimeMs === undefined ? {} : { originalScheduleTimeMs }),
    ...userMetadata(payload, options.summary),
  };
}

const { startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout, retry, summary } = activityKinds;
const kinds = {
  startToCloseTimeout,
  scheduleToCloseTimeout,
  scheduleToStartTimeout,
  retry,
  summary,
  localRetryThreshold: 'duration',
} as const;

const known: Known<LocalActivityOptions> = {
  startToCloseTimeout: true,
  scheduleToStartTimeout: true,
  scheduleToCloseTimeout: true,
  retry: true,
  localRetryThreshold: true,
  cancellationType: true,
  summary: true,
  eventGroups: true,
};

function namedIntent(run: Run, input: LocalActivityInput): IntentOf<'scheduleLocalActivity'> {
  const where = `The options of local activity ${input.activityType}`;
  checkOptionNames(run, where, input.options, known);
  return withOptionNames({ where, options: input.options, kinds }, () => intentOf(run, input));
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
    const converters = activityConverters(run, { activityId: `${seq}`, isLocal: true });
    const waiting = { resolve, reject, place, onCancel, converters, outputType: input.typeInfo?.outputType };
    waitInScope(run, { kind: 'activity', seq }, waiting, () =>
      withGroups(input.options.eventGroups, () => ask(run, namedIntent(run, input), place)),
    );
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

type LocalActivityCall = Pick<LocalActivityInput, 'activityType' | 'args' | 'options' | 'typeInfo'>;

async function callLocalActivity(call: LocalActivityCall, above: (...args: never[]) => unknown): Promise<unknown> {
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
  typeInfo?: PayloadTypeInfo,
): Promise<R> {
  return callLocalActivity(
    { activityType, args, options, ...(typeInfo && { typeInfo }) },
    scheduleLocalActivity,
  ) as Promise<R>;
}

/**
 * Makes functions that run local activities, typed like the activities themselves.
 *
 * @param options for every call; at least one of `startToCloseTimeout` and `scheduleToCloseTimeout`
 * @example const { lookUp } = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '2s' });
 */
export function proxyLocalActivities<A = UntypedActivities>(
  options: LocalActivityProxyOptions<A>,
): LocalActivityInterfaceFor<A> {
  if (options === undefined) throw new TypeError('options must be defined');
  const { activityTypeInfo, ...own } = options;
  requireTimeout(own);
  return activityProxy<LocalActivityOptions>((activityType, args, { overrides, above }) => {
    const typeInfo = typeInfoOf(activityTypeInfo, activityType);
    const call = { activityType, args, options: mergeOptions(own, overrides), ...(typeInfo && { typeInfo }) };
    return callLocalActivity(call, above);
  }) as LocalActivityInterfaceFor<A>;
}
