/** What is measured of a worker by looking at it. */
import type { WorkerSlots } from '../poll/tuner.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

const workerTypes = {
  workflow: 'WorkflowWorker',
  activity: 'ActivityWorker',
  localActivity: 'LocalActivityWorker',
  nexus: 'NexusWorker',
} as const;

export interface MeasuredWorker {
  readonly slots: WorkerSlots;
  readonly polls: readonly { readonly open: number; readonly pollerType: string }[];
  readonly cachedRuns: number;
}

export function measureWorker(metrics: WorkerMetrics, { slots, polls, cachedRuns }: MeasuredWorker): void {
  metrics.gauge('sticky_cache_size', cachedRuns);
  for (const { open, pollerType } of polls) metrics.gauge('num_pollers', open, { poller_type: pollerType });
  for (const [kind, workerType] of Object.entries(workerTypes)) {
    const { used, total } = slots[kind as keyof WorkerSlots];
    metrics.gauge('worker_task_slots_used', used, { worker_type: workerType });
    if (total !== undefined) metrics.gauge('worker_task_slots_available', total - used, { worker_type: workerType });
  }
}
