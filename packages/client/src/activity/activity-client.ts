import { AsyncCompletionClient } from '../async-completion-client.ts';
import type { BaseClientOptions } from '../client-options.ts';
import { nexusCall } from '../call/nexus-call.ts';
import type { WithNexusCall } from '../call/nexus-call.ts';
import { Converter } from '../convert/converter.ts';
import { decodeGroupValues } from '../convert/group-values.ts';
import { activityHandle } from './activity-handle.ts';
import type { ActivityHandle } from './activity-handle.ts';
import { decodeActivityInfo } from './activity-info.ts';
import type {
  ActivityArgs,
  ActivityClientInterceptor,
  ActivityExecutionInfo,
  ActivityName,
  ActivityOptions,
  ActivityOptionsFor,
  ActivityOptionsWithArgs,
  ActivityResult,
  AnyActivity,
} from './activity-options.ts';
import { callingActivity } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';
import { startActivity } from './start-activity.ts';

/** Options of an `ActivityClient`. */
export interface ActivityClientOptions extends BaseClientOptions {
  interceptors?: readonly ActivityClientInterceptor[];
}

/** The run of `getHandle`. */
export interface GetActivityHandleOptions {
  activityRunId?: string;
}

/** How many activities match, in all and by group. */
export interface CountActivityExecutions {
  count: number;
  groups: { count: number; groupValues: unknown[] }[];
}

/** The activity client under the types of one set of activities. */
export interface TypedActivityClient<T> {
  start<Name extends ActivityName<T>>(
    name: Name,
    options: ActivityOptionsFor<T, Name>,
  ): Promise<ActivityHandle<T[Name] extends AnyActivity ? ActivityResult<T[Name]> : never>>;
  execute<Name extends ActivityName<T>>(
    name: Name,
    options: ActivityOptionsFor<T, Name>,
  ): Promise<T[Name] extends AnyActivity ? ActivityResult<T[Name]> : never>;
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
      service: this.options.connection.workflowService,
      converter: new Converter(this.options.loadedDataConverter),
      namespace: this.options.namespace,
      identity: this.options.identity,
      interceptors: options.interceptors ?? [],
    };
  }

  /**
   * Starts an activity.
   *
   * @throws ActivityExecutionAlreadyStartedError when the id is taken, by the rules of the id policies.
   */
  async start<A extends AnyActivity>(
    activity: string | A,
    options: ActivityOptionsWithArgs<ActivityArgs<A>>,
  ): Promise<ActivityHandle<ActivityResult<A>>> {
    const { args = [], ...rest }: ActivityOptions & { args?: readonly unknown[] } = options;
    const input = {
      activityType: typeof activity === 'string' ? activity : activity.name,
      options: { ...rest, args },
      headers: {},
    };
    const scope = { ...this.#scope, nexusCall: (options as WithNexusCall)[nexusCall] };
    const activityRunId = await startActivity(scope, input);
    return activityHandle(this.#scope, { activityId: options.id, activityRunId });
  }

  /**
   * Starts an activity and waits for its result.
   *
   * @throws ActivityExecutionFailedError when there is none.
   */
  async execute<A extends AnyActivity>(
    activity: string | A,
    options: ActivityOptionsWithArgs<ActivityArgs<A>>,
  ): Promise<ActivityResult<A>> {
    const handle = await this.start<A>(activity, options);
    return handle.result();
  }

  /** This client under the types of a set of activities. */
  typed<T>(): TypedActivityClient<T> {
    return this;
  }

  /** A handle to an activity by its id; without a run id, to its latest run. Asks the server nothing. */
  getHandle<Result = unknown>(activityId: string, activityRunId?: string): ActivityHandle<Result> {
    return activityHandle(this.#scope, { activityId, activityRunId });
  }

  /** The same, with the run among options. */
  getHandleWithOptions<Result = unknown>(
    activityId: string,
    options: GetActivityHandleOptions = {},
  ): ActivityHandle<Result> {
    return activityHandle(this.#scope, { activityId, activityRunId: options.activityRunId });
  }

  /** Lists standalone activities, as they are asked for. */
  async *list({ query, pageSize }: { query?: string; pageSize?: number } = {}): AsyncGenerator<ActivityExecutionInfo> {
    const scope = this.#scope;
    let nextPageToken: Uint8Array | undefined;
    do {
      const token = nextPageToken;
      const response = await callingActivity(scope, { action: 'Failed to list activities' }, () =>
        scope.service.listActivityExecutions({ namespace: scope.namespace, query, pageSize, nextPageToken: token }),
      );
      for (const raw of response.executions ?? []) yield decodeActivityInfo(raw);
      nextPageToken = response.nextPageToken ?? undefined;
    } while (nextPageToken !== undefined && nextPageToken.length > 0);
  }

  /** Counts standalone activities. */
  async count(query?: string): Promise<CountActivityExecutions> {
    const scope = this.#scope;
    const response = await callingActivity(scope, { action: 'Failed to count activities' }, () =>
      scope.service.countActivityExecutions({ namespace: scope.namespace, query }),
    );
    const groups = (response.groups ?? []).map(({ count, groupValues }) => ({
      count: count ?? 0,
      groupValues: decodeGroupValues(groupValues),
    }));
    return { count: response.count ?? 0, groups };
  }
}
