/** Makes what a worker is made of: options, connection, workflow host, activities. */
import { Client, type ConnectionLike } from '@reprise/client';
import { checkOptions, LoggerWithComposedMetadata, SdkComponent, type Logger } from '@reprise/common';
import { workerActivities, type WorkerActivities } from './activity/worker-activities.ts';
import { checkHasWork } from './options/check-has-work.ts';
import { compileWorkerOptions, type CompiledWorkerOptions } from './options/compile-worker-options.ts';
import { defaultBuildId } from './options/default-build-id.ts';
import { describeNamespace } from './describe-namespace.ts';
import { makeWorkflowHost } from './host/make-workflow-host.ts';
import type { WorkflowHost } from './host/workflow-host.ts';
import { loadNexusPart } from './load-nexus-part.ts';
import { loadWorkflowBundle } from './load-workflow-bundle.ts';
import { WorkerMetrics } from './metrics/worker-metrics.ts';
import { NativeConnection } from './native-connection.ts';
import { serviceTable } from './nexus/service-table.ts';
import { Runtime } from './runtime.ts';
import type { WorkerOptions, WorkerPlugin } from './options/worker-options.ts';
import { buildWorkerParts, type WorkerParts } from './worker-parts.ts';
import { workerPlugins } from './options/worker-plugins.ts';

export interface WorkerInput {
  readonly options: CompiledWorkerOptions;
  readonly connection: ConnectionLike;
  readonly ownsConnection: boolean;
  readonly client: Client;
  readonly logger: Logger;
  readonly host: WorkflowHost | undefined;
  readonly activities: WorkerActivities;
  readonly metrics: WorkerMetrics;
  /** The server ends open polls when it is told that the worker shuts down. */
  readonly pollsCompleteOnShutdown: boolean;
  readonly takesHeartbeats: boolean;
  readonly plugins: readonly WorkerPlugin[];
  readonly parts: (onFatal: (error: Error) => void, onTasksChanged: () => void) => WorkerParts;
}

/** Each plugin may change the options, in order; some take their time. */
async function configuredBy(plugins: readonly WorkerPlugin[], given: WorkerOptions): Promise<WorkerOptions> {
  let options = given;
  for (const plugin of plugins) options = (await plugin.configureWorker?.(options)) ?? options;
  return options;
}

/** Throws as Worker.create does. */
export async function makeWorkerInput(asked: WorkerOptions): Promise<WorkerInput> {
  checkOptions('WorkerOptions', asked, { plugins: 'array' });
  const plugins = workerPlugins(asked);
  const options = await configuredBy(plugins, { ...asked, plugins });
  const asGiven = compileWorkerOptions(options);
  const services = serviceTable(options.nexusServices ?? []);
  checkHasWork(options, { hasServices: services.size > 0, pollsForActivities: asGiven.pollsForActivities });
  const runtime = Runtime.instance();
  const { metricMeter, telemetry } = runtime;
  const { namespace, taskQueue } = asGiven;
  const ofWorker = { sdkComponent: SdkComponent.worker, taskQueue };
  const logger = LoggerWithComposedMetadata.compose(options.logger ?? runtime.logger, ofWorker);
  const metrics = new WorkerMetrics(telemetry, { namespace, task_queue: taskQueue }, options.connection?.options);
  const bundle = await loadWorkflowBundle(options, logger);
  const compiled = { ...asGiven, buildId: options.buildId ?? defaultBuildId(bundle) };
  const ownsConnection = options.connection === undefined;
  const connection = options.connection ?? (await NativeConnection.connect());
  await connection.ensureConnected();
  const described = await describeNamespace(connection, compiled.namespace);
  const client = options.client ?? clientOver(connection, compiled);
  const { loadedDataConverter: dataConverter } = compiled;
  const activities = await workerActivities(options, { dataConverter, logger, metricMeter, client });
  const interceptors = options.interceptors?.nexus ?? [];
  const buildNexus = await loadNexusPart({ services, interceptors, client, metricMeter });
  const host =
    bundle === undefined
      ? undefined
      : await makeWorkflowHost(bundle, {
          options: compiled,
          logger,
          activityNames: activities.names,
          patchActivation: options.patchActivationCallback,
          rebundle: () => loadWorkflowBundle(options, logger),
        });
  return {
    options: compiled,
    connection,
    ownsConnection,
    client,
    logger,
    host,
    activities,
    pollsCompleteOnShutdown: described.pollsCompleteOnShutdown,
    takesHeartbeats: described.takesHeartbeats,
    metrics,
    plugins,
    parts: (onFatal, onTasksChanged) =>
      buildWorkerParts({
        options: compiled,
        connection,
        logger,
        metrics,
        activities: activities.makeExecution,
        buildNexus,
        sinks: options.sinks ?? {},
        host,
        payloadLimits: described.payloadLimits,
        useBuildIdVersioning: options.useVersioning === true,
        onFatal,
        onTasksChanged,
      }),
  };
}

/** The client that activities get when the options have none. */
function clientOver(connection: ConnectionLike, options: CompiledWorkerOptions): Client {
  const { namespace, identity, dataConverter, interceptors } = options;
  return new Client({
    connection,
    namespace,
    identity,
    ...(dataConverter && { dataConverter }),
    ...(interceptors?.client && { interceptors: interceptors.client }),
  });
}
