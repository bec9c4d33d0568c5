/** The activities of a worker, wherever they run. */
import type { Client } from '@reprise/client';
import type { LoadedDataConverter, Logger, MetricMeter } from '@reprise/common';
import type { WorkerOptions } from '../options/worker-options.ts';
import { ActivityRegistry } from './activity-registry.ts';
import { ActivityThreads } from './activity-threads.ts';
import { executionsHere, type ExecutionFactory } from './execution.ts';
import { activityInterceptorsOf } from './interceptors.ts';

export interface WorkerActivities {
  /** Absent when there are none. */
  readonly makeExecution: ExecutionFactory | undefined;
  /** The activity types that are there; undefined when any may be. */
  readonly names: readonly string[] | undefined;
  close(): Promise<void>;
}

const DEFAULT_THREADS = 2;

export async function workerActivities(
  options: WorkerOptions,
  around: { dataConverter: LoadedDataConverter; logger: Logger; metricMeter: MetricMeter; client: Client },
): Promise<WorkerActivities> {
  const { activityThreads, dataConverter } = options;
  if (activityThreads !== undefined) {
    const threads = new ActivityThreads({
      modulePath: activityThreads.modulePath,
      size: activityThreads.size ?? DEFAULT_THREADS,
      payloadConverterPath: dataConverter?.payloadConverterPath,
      failureConverterPath: dataConverter?.failureConverterPath,
      codecs: around.dataConverter.payloadCodecs,
      logger: around.logger,
    });
    const names = await threads.names;
    return { makeExecution: threads.execution.bind(threads), names, close: () => threads.close() };
  }
  const registry = new ActivityRegistry(options.activities ?? {});
  const interceptors = activityInterceptorsOf(options.interceptors);
  return {
    makeExecution: registry.isEmpty ? undefined : executionsHere({ ...around, registry, interceptors }),
    names: registry.hasDefault ? undefined : registry.names,
    close: () => Promise.resolve(),
  };
}
