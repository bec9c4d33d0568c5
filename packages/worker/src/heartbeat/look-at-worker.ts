/** Reads from the parts of a worker what its heartbeats say. */
import { hostname } from 'node:os';
import type { WorkerMetrics } from '../metrics/worker-metrics.ts';
import type { ResourceUsage } from '../poll/resource-usage.ts';
import type { Slots } from '../poll/slots.ts';
import type { WorkerSlots } from '../poll/tuner.ts';
import type { TaskPoll } from '../task-polls.ts';
import type { SlotCounts, WorkerSnapshot } from './worker-heartbeat.ts';

export interface LookedAt {
  readonly status: WorkerSnapshot['status'];
  readonly slots: WorkerSlots;
  readonly polls: readonly TaskPoll[];
  readonly metrics: WorkerMetrics;
  readonly usage: ResourceUsage;
  readonly cachedRuns: number;
}

export function lookAtWorker({ status, slots, polls, metrics, usage, cachedRuns }: LookedAt): WorkerSnapshot {
  const counts = (of: Slots, received: string, failed: string): SlotCounts => ({
    used: of.used,
    total: of.total,
    supplierKind: of.supplierKind,
    processed: metrics.total(received),
    failed: metrics.total(failed),
  });
  return {
    nowMs: Date.now(),
    status,
    host: { name: hostname(), processId: String(process.pid), ...usage.shares() },
    cachedRuns,
    stickyHits: metrics.total('sticky_cache_hit'),
    stickyMisses: metrics.total('sticky_cache_miss'),
    slots: {
      workflow: counts(slots.workflow, 'workflow_task_queue_poll_succeed', 'workflow_task_execution_failed'),
      activity: counts(slots.activity, 'activity_task_received', 'activity_execution_failed'),
      localActivity: counts(slots.localActivity, 'local_activity_total', 'local_activity_execution_failed'),
      nexus: counts(slots.nexus, 'nexus_task_received', 'nexus_task_execution_failed'),
    },
    pollers: new Map(
      polls.map(({ pollerType, open, lastTaskMs, isAutoscaling }) => [pollerType, { open, lastTaskMs, isAutoscaling }]),
    ),
  };
}
