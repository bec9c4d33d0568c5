/** Makes the heartbeats of a worker. */
import type { ConnectionLike } from '@reprise/client';
import type { CompiledWorkerOptions } from '../options/compile-worker-options.ts';
import type { WorkerMetrics } from '../metrics/worker-metrics.ts';
import { ResourceUsage } from '../poll/resource-usage.ts';
import type { Runtime } from '../runtime.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { lookAtWorker } from './look-at-worker.ts';
import { WorkerHeartbeats } from './worker-heartbeats.ts';

export interface HeartbeatingWorker {
  readonly runtime: Runtime;
  readonly options: CompiledWorkerOptions;
  readonly parts: WorkerParts;
  readonly metrics: WorkerMetrics;
  readonly pluginNames: readonly string[];
  readonly connection: () => ConnectionLike;
  readonly cachedRuns: () => number;
}

/** Undefined when the runtime wants none. */
export function heartbeatsOf(worker: HeartbeatingWorker): WorkerHeartbeats | undefined {
  const { runtime, options, parts, metrics, pluginNames } = worker;
  const { namespace, identity, taskQueue, deploymentOptions } = options;
  const intervalMs = runtime.options.workerHeartbeatInterval;
  if (intervalMs === 0) return undefined;
  const usage = new ResourceUsage();
  return new WorkerHeartbeats({
    intervalMs,
    profile: {
      instanceKey: parts.workerInstanceKey,
      identity,
      taskQueue,
      deploymentVersion:
        deploymentOptions === undefined
          ? undefined
          : { deploymentName: deploymentOptions.deploymentName, buildId: deploymentOptions.buildId },
      startedMs: Date.now(),
      pluginNames,
      driverTypes: [...new Set((options.loadedDataConverter.externalStorage?.drivers ?? []).map(({ type }) => type))],
      groupingKey: runtime.groupingKey,
    },
    look: (status) =>
      lookAtWorker({ status, slots: parts.slots, polls: parts.polls, metrics, usage, cachedRuns: worker.cachedRuns() }),
    send: (heartbeat) =>
      worker.connection().workflowService.recordWorkerHeartbeat({ namespace, identity, workerHeartbeat: [heartbeat] }),
    onError: (error) => runtime.logger.debug('A worker heartbeat did not arrive', { error }),
  });
}
