import { ConnectedClient } from './connected-client.ts';
import { loadBaseClientOptions } from './client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from './client-options.ts';
import type { ConnectionLike } from './connection.ts';
import { ActivityClient } from './activity/activity-client.ts';
import type { ActivityClientInterceptor } from './activity/activity-interceptor.ts';
import { NexusClient } from './nexus/nexus-client.ts';
import type { NexusClientInterceptor } from './nexus/nexus-interceptor.ts';
import type { ClientPlugin } from './plugin.ts';
import { ScheduleClient } from './schedule/schedule-client.ts';
import type { ScheduleClientInterceptor } from './schedule/schedule-options.ts';
import { TaskQueueClient } from './task-queue/task-queue-client.ts';
import { QueryRejectCondition } from './workflow/query-reject-condition.ts';
import type { WorkflowClientInterceptor, WorkflowClientInterceptors } from './workflow/interceptors.ts';
import { WorkflowClient } from './workflow/workflow-client.ts';
import type { WorkflowClientOptions } from './workflow/workflow-client.ts';

/** Interceptors by what they intercept. */
export interface ClientInterceptors {
  workflow?: readonly WorkflowClientInterceptor[] | WorkflowClientInterceptors;
  schedule?: readonly ScheduleClientInterceptor[];
  activity?: readonly ActivityClientInterceptor[];
  nexus?: readonly NexusClientInterceptor[];
}

/** Options of a `Client`. */
export interface ClientOptions extends BaseClientOptions {
  interceptors?: ClientInterceptors;
  /** Options of `client.workflow` alone. */
  workflow?: Pick<WorkflowClientOptions, 'queryRejectCondition'>;
  /** Each may change the options of the client, in this order. */
  plugins?: readonly ClientPlugin<ClientOptions>[];
}

export interface LoadedClientOptions extends LoadedBaseClientOptions {
  readonly interceptors: ClientInterceptors;
  readonly workflow: Required<NonNullable<ClientOptions['workflow']>>;
  readonly plugins: readonly ClientPlugin<ClientOptions>[];
}

/**
 * All clients of one namespace over one connection.
 *
 * @example
 * ```ts
 * const client = new Client({ connection: await Connection.connect() });
 * await client.workflow.execute('hello', { workflowId: 'hello-1', taskQueue: 'hello', args: ['World'] });
 * ```
 */
export class Client extends ConnectedClient {
  readonly options: LoadedClientOptions;
  /** Starts workflows and talks to them. */
  readonly workflow: WorkflowClient;
  /** Runs activities on their own, and completes those that wait for it from outside. */
  readonly activity: ActivityClient;
  /** Creates schedules and talks to them. */
  readonly schedule: ScheduleClient;
  /** Build ids of task queues. */
  readonly taskQueue: TaskQueueClient;
  /** Runs Nexus operations on their own. */
  readonly nexus: NexusClient;

  constructor(options: ClientOptions = {}) {
    super();
    // A plugin given to the connection serves its clients too, and workers find it in the options.
    const ofConnection = (options.connection?.plugins ?? []).filter(isClientPlugin);
    const plugins = [...new Set([...ofConnection, ...(options.plugins ?? [])])];
    const configured = plugins.reduce((current, plugin) => plugin.configureClient?.(current) ?? current, options);
    const loaded = loadBaseClientOptions(configured);
    const interceptors = configured.interceptors ?? {};
    const workflow = { queryRejectCondition: configured.workflow?.queryRejectCondition ?? QueryRejectCondition.NONE };
    this.options = { ...loaded, interceptors, workflow, plugins };
    const { loadedDataConverter: _, ...base } = loaded;
    const forWorkflows = { ...base, ...workflow, interceptors: interceptors.workflow ?? [] };
    this.workflow = this.makeWorkflowClient(forWorkflows);
    this.activity = new ActivityClient({ ...base, interceptors: interceptors.activity ?? [] });
    this.schedule = new ScheduleClient({ ...base, interceptors: interceptors.schedule ?? [] });
    this.taskQueue = new TaskQueueClient(base);
    this.nexus = new NexusClient({ ...base, interceptors: interceptors.nexus ?? [] });
  }

  /** For test environments, whose clients wait in virtual time. Called by the constructor. */
  protected makeWorkflowClient(
    options: WorkflowClientOptions & { readonly connection: ConnectionLike },
  ): WorkflowClient {
    return new WorkflowClient(options);
  }
}

function isClientPlugin(plugin: { readonly name: string }): plugin is ClientPlugin<ClientOptions> {
  return 'configureClient' in plugin && typeof plugin.configureClient === 'function';
}
