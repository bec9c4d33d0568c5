import { AsyncCompletionClient } from '../async-completion-client.ts';
import type { BaseClientOptions } from '../client-options.ts';
import { nexusCall } from '../call/nexus-call.ts';
import type { WithNexusCall } from '../call/nexus-call.ts';
import { Converter } from '../convert/converter.ts';
import { storingService } from '../external-storage/storing-service.ts';
import type { ActivityFunction, PayloadTypeInfo, Untyped } from '@reprise/common';
import { activityHandle } from './activity-handle.ts';
import type { ActivityClientInterceptor } from './activity-interceptor.ts';
import type {
  ActivityExecutionInfo,
  ActivityHandle,
  ActivityName,
  ActivityOptions,
  ActivityOptionsFor,
  ActivityOptionsWithArgs,
  ActivityResult,
  CountActivityExecutions,
} from './activity-options.ts';
import type { ActivityScope } from './activity-scope.ts';
import { countActivities } from './count-activities.ts';
import { listActivities } from './list-activities.ts';
import { startActivity } from './start-activity.ts';

/** Options of an `ActivityClient`. */
export interface ActivityClientOptions extends BaseClientOptions {
  interceptors?: readonly ActivityClientInterceptor[];
}

/** The run of `getHandle`. */
export interface GetActivityHandleOptions {
  /** Default: the latest run. */
  runId?: string;
  /** What is declared of the type of the result. */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

type AnyActivity = ActivityFunction<Untyped[], Untyped>;
type ResultOf<A extends AnyActivity> = Awaited<ReturnType<A>>;

/** The activity client under the types of one set of activities. */
export interface TypedActivityClient<T> {
  start<N extends ActivityName<T>>(
    activity: N,
    options: ActivityOptionsFor<T, N>,
  ): Promise<ActivityHandle<ActivityResult<T, N>>>;
  execute<N extends ActivityName<T>>(activity: N, options: ActivityOptionsFor<T, N>): Promise<ActivityResult<T, N>>;
}

/**
 * Runs activities on their own, without a workflow, and completes those that wait for it from outside.
 *
 * @example
 * ```ts
 * const total = await client.activity.execute(sum, { id: 'sum-1', taskQueue: 'q', startToCloseTimeout: '1m', args: [[1, 2]] });
 * ```
 */
export class ActivityClient extends AsyncCompletionClient {
  readonly #scope: ActivityScope;

  constructor(options: ActivityClientOptions = {}) {
    super(options);
    this.#scope = {
      service: storingService(this.options),
      converter: new Converter(this.options.loadedDataConverter),
      namespace: this.options.namespace,
      identity: this.options.identity,
      interceptors: options.interceptors ?? [],
    };
  }

  /**
   * Starts an activity.
   *
   * @param activity its name, or its function for the types alone.
   * @throws ActivityExecutionAlreadyStartedError when the id is taken, by the rules of the id policies.
   */
  start<R = Untyped>(activity: string, options: ActivityOptions): Promise<ActivityHandle<R>>;
  start<A extends AnyActivity>(
    activity: A,
    options: ActivityOptionsWithArgs<Parameters<A>>,
  ): Promise<ActivityHandle<ResultOf<A>>>;
  start(activity: string | AnyActivity, options: ActivityOptions): Promise<ActivityHandle> {
    const scope = { ...this.#scope, nexusCall: (options as WithNexusCall)[nexusCall] };
    const activityType = typeof activity === 'string' ? activity : activity.name;
    return startActivity(scope, { activityType, options, headers: {} });
  }

  /**
   * Starts an activity and waits for its result.
   *
   * @param activity its name, or its function for the types alone.
   * @throws ActivityExecutionFailedError when there is none.
   */
  execute<R = Untyped>(activity: string, options: ActivityOptions): Promise<R>;
  execute<A extends AnyActivity>(activity: A, options: ActivityOptionsWithArgs<Parameters<A>>): Promise<ResultOf<A>>;
  async execute(activity: string | AnyActivity, options: ActivityOptions): Promise<Untyped> {
    const handle = await this.start(activity as string, options);
    return await handle.result();
  }

  /** This client under the types of a set of activities. */
  typed<T>(): TypedActivityClient<T> {
    return this;
  }

  /** A handle to an activity by its id; without a run id, to its latest run. Asks the server nothing. */
  getHandle<R = Untyped>(activityId: string, runId?: string): ActivityHandle<R> {
    return activityHandle(this.#scope, { activityId, activityRunId: runId });
  }

  /** The same, with the run among options. */
  getHandleWithOptions<R = Untyped>(activityId: string, options: GetActivityHandleOptions = {}): ActivityHandle<R> {
    const { runId: activityRunId, typeInfo } = options;
    return activityHandle(this.#scope, { activityId, activityRunId, outputType: typeInfo?.outputType });
  }

  /** Lists standalone activities, as they are asked for. */
  list(query = '', { pageSize }: { pageSize?: number } = {}): AsyncIterable<ActivityExecutionInfo> {
    return listActivities(this.#scope, { query, headers: {} }, pageSize);
  }

  /** Counts standalone activities. */
  count(query = ''): Promise<CountActivityExecutions> {
    return countActivities(this.#scope, { query, headers: {} });
  }
}
