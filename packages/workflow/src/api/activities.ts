import {
  decodeActivityCancellationType,
  encodeActivityCancellationType,
  withOptionNames,
  encodeVersioningIntent,
  msOptionalToNumber,
  retryPolicyMs,
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
import { withGroups } from './event-group-scope.ts';
import { capturePlace, type Place } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import type { IntentOf } from '../intents.ts';
import type { ActivityInput, ActivityOptions, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

/** Stands for members of an activities module that are not functions. */
export const NotAnActivityMethod: unique symbol = Symbol.for('__TEMPORAL_NOT_AN_ACTIVITY_METHOD');

/** An activity function that can be called with options of its own. */
export type ActivityFunctionWithOptions<T extends ActivityFunction> = T & {
  /** Calls the activity once with options that override those of the proxy. */
  executeWithOptions(options: ActivityOptions, args: Parameters<T>): Promise<Awaited<ReturnType<T>>>;
};

/** The activities of a module as workflow code calls them. */
export type ActivityInterfaceFor<T> = {
  [K in keyof T]: T[K] extends ActivityFunction ? ActivityFunctionWithOptions<T[K]> : typeof NotAnActivityMethod;
};

/** Options for all activities of a proxy. */
export interface ActivityProxyOptions<A = UntypedActivities> extends ActivityOptions {
  /** What is declared of the types of activities, by their names. */
  activityTypeInfo?: ActivityTypeInfoMap<A>;
}

/** Throws TypeError when neither time limit is set. */
export function requireTimeout(options: { scheduleToCloseTimeout?: unknown; startToCloseTimeout?: unknown }): void {
  if (options.scheduleToCloseTimeout === undefined && options.startToCloseTimeout === undefined) {
    throw new TypeError('Required either scheduleToCloseTimeout or startToCloseTimeout');
  }
}

/** What options of activities must be. */
export const activityKinds = {
  startToCloseTimeout: 'duration',
  scheduleToCloseTimeout: 'duration',
  scheduleToStartTimeout: 'duration',
  heartbeatTimeout: 'duration',
  retry: 'object',
  priority: 'object',
  taskQueue: 'string',
  activityId: 'string',
  summary: 'string',
} as const;

const known: Known<ActivityOptions> = {
  activityId: true,
  taskQueue: true,
  retry: true,
  startToCloseTimeout: true,
  scheduleToStartTimeout: true,
  scheduleToCloseTimeout: true,
  heartbeatTimeout: true,
  cancellationType: true,
  allowEagerDispatch: true,
  versioningIntent: true,
  summary: true,
  priority: true,
  eventGroups: true,
};

/** As it is named here: callers may use the number, or the name with its prefix. Throws ValueError for any other. */
export function cancellationOf({
  cancellationType,
}: Pick<ActivityOptions, 'cancellationType'>): IntentOf<'scheduleActivity'>['cancellation'] {
  return decodeActivityCancellationType(encodeActivityCancellationType(cancellationType)) ?? 'TRY_CANCEL';
}

/** The fields that activities and local activities share. */
export function timeoutsOf(
  options: Pick<ActivityOptions, 'scheduleToCloseTimeout' | 'scheduleToStartTimeout' | 'startToCloseTimeout' | 'retry'>,
): Pick<
  IntentOf<'scheduleActivity'>,
  'scheduleToCloseTimeoutMs' | 'scheduleToStartTimeoutMs' | 'startToCloseTimeoutMs' | 'retryPolicy'
> {
  const scheduleToCloseTimeoutMs = msOptionalToNumber(options.scheduleToCloseTimeout);
  const scheduleToStartTimeoutMs = msOptionalToNumber(options.scheduleToStartTimeout);
  const startToCloseTimeoutMs = msOptionalToNumber(options.startToCloseTimeout);
  return {
    ...(scheduleToCloseTimeoutMs === undefined ? {} : { scheduleToCloseTimeoutMs }),
    ...(scheduleToStartTimeoutMs === undefined ? {} : { scheduleToStartTimeoutMs }),
    ...(startToCloseTimeoutMs === undefined ? {} : { startToCloseTimeoutMs }),
    ...(options.retry === undefined ? {} : { retryPolicy: retryPolicyMs(options.retry) }),
  };
}

function intentOf(run: Run, input: ActivityInput): IntentOf<'scheduleActivity'> {
  const { options, seq } = input;
  const activityId = options.activityId ?? `${seq}`;
  const { payload } = activityConverters(run, { activityId, isLocal: false });
  const heartbeatTimeoutMs = msOptionalToNumber(options.heartbeatTimeout);
  const versioningIntent = encodeVersioningIntent(options.versioningIntent);
  return {
    kind: 'scheduleActivity',
    seq,
    activityId,
    activityType: input.activityType,
    args: argsToWall(payload, input.args, input.typeInfo),
    headers: headersToWall(input.headers),
    taskQueue: options.taskQueue ?? run.creation.taskQueue,
    ...timeoutsOf(options),
    ...(heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeoutMs }),
    cancellation: cancellationOf(options),
    doNotEagerlyExecute: !(options.allowEagerDispatch ?? true),
    ...(options.priority === undefined ? {} : { priority: options.priority }),
    ...(versioningIntent === undefined ? {} : { versioningIntent }),
    ...userMetadata(payload, options.summary),
  };
}

function namedIntent(run: Run, input: ActivityInput): IntentOf<'scheduleActivity'> {
  const where = `The options of activity ${input.activityType}`;
  checkOptionNames(run, where, input.options, known);
  return withOptionNames({ where, options: input.options, kinds: activityKinds }, () => intentOf(run, input));
}

/** The frames above this function are the caller's. Set for the length of one synchronous call. */
let placeOfCall: Place | undefined;

function schedule(input: ActivityInput): Promise<unknown> {
  const run = requireRun('An activity can only be scheduled by workflow code');
  requireTimeout(input.options);
  const place = placeOfCall ?? capturePlace(schedule);
  const { seq } = input;
  return new Promise((resolve, reject) => {
    const onCancel = (): void => {
      if (run.pending.has('activity', seq)) ask(run, { kind: 'cancelActivity', seq });
    };
    const converters = activityConverters(run, { activityId: input.options.activityId ?? `${seq}`, isLocal: false });
    const waiting = { resolve, reject, place, onCancel, converters, outputType: input.typeInfo?.outputType };
    waitInScope(run, { kind: 'activity', seq }, waiting, () =>
      withGroups(input.options.eventGroups, () => ask(run, namedIntent(run, input), place)),
    );
  });
}

/** What one call of an activity needs. */
interface ActivityCall {
  readonly activityType: string;
  readonly args: unknown[];
  readonly options: ActivityOptions;
  readonly typeInfo?: PayloadTypeInfo | undefined;
}

function callActivity(
  { activityType, args, options, typeInfo }: ActivityCall,
  above: (...args: never[]) => unknown,
): Promise<unknown> {
  const run = requireRun('Workflow.scheduleActivity(...) may only be used from a Workflow Execution');
  if (options === undefined) throw new TypeError('Got empty activity options');
  const seq = run.seqs.activity++;
  const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'scheduleActivity'>(
    run.interceptors.outbound,
    'scheduleActivity',
    schedule,
  );
  placeOfCall = capturePlace(above);
  try {
    return execute({ activityType, args, options, headers: {}, seq, ...(typeInfo && { typeInfo }) });
  } finally {
    placeOfCall = undefined;
  }
}

/**
 * Schedules an activity by its type name.
 *
 * @param typeInfo what is declared of the types of its arguments and its result
 * @throws ActivityFailure when it fails for good; its cause says why
 * @example const total = await scheduleActivity<number>('add', [1, 2], { startToCloseTimeout: '1 minute' });
 */
export function scheduleActivity<R>(
  activityType: string,
  args: Untyped[],
  options: ActivityOptions,
  typeInfo?: PayloadTypeInfo,
): Promise<R> {
  return callActivity({ activityType, args, options, typeInfo }, scheduleActivity) as Promise<R>;
}

interface CallableWithOptions<Options> {
  (...args: unknown[]): Promise<unknown>;
  executeWithOptions(overrides: Options, args: unknown[]): Promise<unknown>;
}

/** Options with those of one call over them; a retry policy or priority keeps what the call does not say. */
export function mergeOptions<Options extends object>(options: Options, overrides: Options | undefined): Options {
  if (overrides === undefined) return options;
  const merged: Record<string, unknown> = { ...(options as Record<string, unknown>) };
  for (const [name, value] of Object.entries(overrides)) {
    const before = merged[name];
    merged[name] = isPlainObject(before) && isPlainObject(value) ? { ...before, ...value } : (value as unknown);
  }
  return merged as Options;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is declared of the types of one activity. */
export function typeInfoOf(map: object | undefined, activityType: string): PayloadTypeInfo | undefined {
  return (map as Record<string, PayloadTypeInfo> | undefined)?.[activityType];
}

/** Makes the functions of an activity proxy, one for each name that is asked for. */
export function activityProxy<Options extends object>(
  call: (
    activityType: string,
    args: unknown[],
    options: { overrides?: Options; above: (...args: never[]) => unknown },
  ) => Promise<unknown>,
): object {
  return new Proxy(
    {},
    {
      get(_target, activityType): CallableWithOptions<Options> {
        if (typeof activityType !== 'string') {
          throw new TypeError(`Only strings are supported for Activity types, got: ${String(activityType)}`);
        }
        const activity = (...args: unknown[]): Promise<unknown> => call(activityType, args, { above: activity });
        const executeWithOptions = (overrides: Options, args: unknown[]): Promise<unknown> =>
          call(activityType, args, { overrides, above: executeWithOptions });
        return Object.assign(activity, { executeWithOptions });
      },
    },
  );
}

/**
 * Makes functions that schedule activities, typed like the activities themselves.
 *
 * @param options for every call; at least one of `startToCloseTimeout` and `scheduleToCloseTimeout`
 * @returns an object whose members schedule the activity of their name and wait for its result; they throw
 * ActivityFailure when it fails for good
 * @example
 * import type * as activities from './activities';
 * const { charge } = proxyActivities<typeof activities>({ startToCloseTimeout: '30s', retry: { maximumAttempts: 5 } });
 * const receipt = await charge(order);
 */
export function proxyActivities<A = UntypedActivities>(options: ActivityProxyOptions<A>): ActivityInterfaceFor<A> {
  if (options === undefined) throw new TypeError('options must be defined');
  const { activityTypeInfo, ...own } = options;
  requireTimeout(own);
  return activityProxy<ActivityOptions>((activityType, args, { overrides, above }) => {
    const typeInfo = typeInfoOf(activityTypeInfo, activityType);
    return callActivity({ activityType, args, options: mergeOptions(own, overrides), typeInfo }, above);
  }) as ActivityInterfaceFor<A>;
}
