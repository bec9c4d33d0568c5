import type {
  ClientInterceptors,
  ClientOptions,
  ClientPlugin,
  ConnectionOptions,
  ConnectionPlugin,
} from '@reprise/client';
import type { DataConverter } from '@reprise/common';
import type {
  BundleOptions,
  NativeConnectionOptions,
  ReplayWorkerOptions,
  WorkerInterceptors,
  WorkerOptions,
  WorkerPlugin,
} from '@reprise/worker';
import { joinLists, merge, resolve, withOption, type PluginParameter } from './plugin-parameter.ts';

/** What a SimplePlugin adds to clients and workers. */
export interface SimplePluginOptions {
  /** Names the plugin in logs. */
  readonly name: string;
  /** Replaces the TLS options of connections. */
  readonly tls?: PluginParameter<NonNullable<ConnectionOptions['tls']>>;
  /** Replaces the API key of connections. */
  readonly apiKey?: string;
  /** Replaces the data converter of clients and workers; a function may wrap the one that is there. */
  readonly dataConverter?: PluginParameter<DataConverter>;
  /** Added after the interceptors that a client has. */
  readonly clientInterceptors?: PluginParameter<ClientInterceptors>;
  /** Added after the interceptors that a worker has. */
  readonly workerInterceptors?: PluginParameter<WorkerInterceptors>;
  /** Added to the activities of a worker. */
  readonly activities?: PluginParameter<object>;
  /** Added to the Nexus services of a worker. */
  readonly nexusServices?: PluginParameter<NonNullable<WorkerOptions['nexusServices']>>;
  /** Replaces the workflows of a worker. */
  readonly workflowsPath?: PluginParameter<string>;
  /** Replaces the bundle of a worker. */
  readonly workflowBundle?: PluginParameter<NonNullable<WorkerOptions['workflowBundle']>>;
  /** Runs around a worker: opens what the worker needs, calls `next`, and closes it. */
  readonly runContext?: (next: () => Promise<void>) => Promise<void>;
}

type RunWorker = NonNullable<WorkerPlugin['runWorker']>;

/**
 * A plugin made of options. Give it to a client, to a worker, or to the connection that they share.
 *
 * @example
 * const audit = new SimplePlugin({ name: 'audit', activities: { writeAudit }, clientInterceptors: { workflow: [auditor] } });
 * const worker = await Worker.create({ taskQueue, workflowsPath, plugins: [audit] });
 */
export class SimplePlugin implements ClientPlugin<ClientOptions>, ConnectionPlugin<ConnectionOptions>, WorkerPlugin {
  readonly name: string;
  /** What the plugin adds. */
  protected readonly options: SimplePluginOptions;

  /** The workflows of workers that were configured; their bundles need nothing more. */
  readonly #workersWorkflows = new Set<string>();

  constructor(options: SimplePluginOptions) {
    this.options = options;
    this.name = options.name;
  }

  configureConnection(options: ConnectionOptions): ConnectionOptions {
    const { tls, apiKey } = this.options;
    const secured = withOption(
      options,
      'tls',
      resolve<NonNullable<ConnectionOptions['tls']>>(options.tls ?? undefined, tls),
    );
    return withOption(secured, 'apiKey', apiKey);
  }

  configureClient(options: ClientOptions): ClientOptions {
    const { dataConverter, clientInterceptors } = this.options;
    const converting = withOption(options, 'dataConverter', resolve(options.dataConverter, dataConverter));
    return withOption(converting, 'interceptors', resolve(options.interceptors, clientInterceptors, joinLists));
  }

  configureWorker(options: WorkerOptions): WorkerOptions {
    const { activities, nexusServices } = this.options;
    const existing: object | undefined = options.activities;
    const added = resolve<object>(existing, activities, merge);
    const services = resolve(options.nexusServices, nexusServices, (before, own) => [...before, ...own]);
    const configured = withOption(this.#configureWorkflowsOfWorker(options), 'activities', added);
    return withOption(configured, 'nexusServices', services);
  }

  /** The connection of workers takes the same options as that of clients. */
  configureNativeConnection(options: NativeConnectionOptions): NativeConnectionOptions {
    return this.configureConnection(options);
  }

  /** For bundles made ahead of time. A worker that the plugin was given to has its workflows configured already. */
  configureBundler(options: BundleOptions): BundleOptions {
    if (this.#workersWorkflows.has(options.workflowsPath)) return options;
    const { workflowInterceptorModules, payloadConverterPath, failureConverterPath } = options;
    const paths = {
      ...(payloadConverterPath !== undefined && { payloadConverterPath }),
      ...(failureConverterPath !== undefined && { failureConverterPath }),
    };
    const { workflowsPath, dataConverter, interceptors } = this.#configureWorkflows({
      workflowsPath: options.workflowsPath,
      dataConverter: paths,
      interceptors: { workflowModules: [...(workflowInterceptorModules ?? [])] },
    });
    return {
      ...options,
      ...(workflowsPath !== undefined && { workflowsPath }),
      ...(dataConverter?.payloadConverterPath !== undefined && {
        payloadConverterPath: dataConverter.payloadConverterPath,
      }),
      ...(dataConverter?.failureConverterPath !== undefined && {
        failureConverterPath: dataConverter.failureConverterPath,
      }),
      workflowInterceptorModules: interceptors?.workflowModules ?? [],
    };
  }

  configureReplayWorker(options: ReplayWorkerOptions): ReplayWorkerOptions {
    return this.#configureWorkflowsOfWorker(options);
  }

  /** Runs the worker within the plugin's context. */
  async runWorker(...[worker, next]: Parameters<RunWorker>): Promise<void> {
    const { runContext } = this.options;
    await (runContext === undefined ? next(worker) : runContext(() => next(worker)));
  }

  #configureWorkflowsOfWorker<O extends ReplayWorkerOptions>(options: O): O {
    const configured = this.#configureWorkflows(options);
    if (configured.workflowsPath !== undefined) this.#workersWorkflows.add(configured.workflowsPath);
    return configured;
  }

  #configureWorkflows<O extends ReplayWorkerOptions>(options: O): O {
    const { dataConverter, workerInterceptors, workflowsPath, workflowBundle } = this.options;
    let configured: ReplayWorkerOptions = options;
    configured = withOption(configured, 'dataConverter', resolve(configured.dataConverter, dataConverter));
    configured = withOption(
      configured,
      'interceptors',
      resolve(configured.interceptors, workerInterceptors, joinLists),
    );
    configured = withOption(configured, 'workflowsPath', resolve(configured.workflowsPath, workflowsPath));
    configured = withOption(configured, 'workflowBundle', resolve(configured.workflowBundle, workflowBundle));
    return configured as O;
  }
}
