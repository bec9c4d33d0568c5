/** What one attempt of a local activity adds to the metrics. */
import type { MetricTags } from '@reprise/common';
import type { WorkerMetrics } from './worker-metrics.ts';

export interface LocalActivityAttempt {
  readonly tags: MetricTags;
  readonly status: 'completed' | 'failed' | 'cancelled' | 'willCompleteAsync';
  readonly tookMs: number;
  readonly sinceScheduledMs: number;
}

export function measureLocalActivity(
  metrics: WorkerMetrics,
  { tags, status, tookMs, sinceScheduledMs }: LocalActivityAttempt,
): void {
  metrics.count('local_activity_total', tags);
  metrics.time('local_activity_execution_latency', tookMs, tags);
  if (status === 'completed') metrics.time('local_activity_succeed_endtoend_latency', sinceScheduledMs, tags);
  else metrics.count(`local_activity_execution_${status === 'cancelled' ? 'cancelled' : 'failed'}`, tags);
}
