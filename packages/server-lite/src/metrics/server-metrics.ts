/**
 * What the server tells Prometheus, under the names that operators of this API know. Nothing is counted until somebody has
 * asked for metrics: whoever counts is handed functions, which do nothing otherwise.
 */
import { enumName, ResourceExhaustedCause, statusName } from '@reprise/proto';
import { ServiceError, StatusCode } from '../errors.ts';
import type { QueueKey } from '../matching/matching.ts';
import { backlogAgeMs, backlogCount, syncMatchRate } from '../matching/queue-stats.ts';
import type { TaskQueue } from '../matching/task-queue.ts';
import type { Labels, Metrics } from './metrics.ts';

/** How one call ended; `error` is absent when it was answered. */
export interface CallEnd {
  readonly method: string;
  readonly namespace: string;
  readonly durationMs: number;
  readonly error?: unknown;
}

export interface Meters {
  readonly callBegan: (method: string) => void;
  readonly callEnded: (end: CallEnd) => void;
  readonly storeOperationEnded: (operation: string, durationMs: number, failed: boolean) => void;
  /** A poll got a task: at once when it came, or one that had waited; or it got none. */
  readonly pollEnded: (queue: QueueKey, how: 'sync' | 'backlog' | 'empty') => void;
  readonly runClosed: (namespace: string, status: number) => void;
}

export interface Measured {
  readonly runCache: { readonly size: number; readonly requests: number; readonly misses: number };
  readonly queues: Iterable<{ readonly key: QueueKey; readonly queue: TaskQueue }>;
  readonly namespaceName: (id: string) => string;
  readonly now: () => number;
}

export const noMeters: Meters = {
  callBegan: () => {},
  callEnded: () => {},
  storeOperationEnded: () => {},
  pollEnded: () => {},
  runClosed: () => {},
};

const closeNames = new Map([
  [2, 'workflow_success'],
  [3, 'workflow_failed'],
  [4, 'workflow_cancel'],
  [5, 'workflow_terminate'],
  [6, 'workflow_continued_as_new'],
  [7, 'workflow_timeout'],
]);
const frontend = { service_name: 'frontend' };

export function countInto(metrics: Metrics, namespaceName: (id: string) => string): Meters {
  const pending = new Map<string, number>();
  const move = (method: string, by: number): void => void pending.set(method, (pending.get(method) ?? 0) + by);
  metrics.read('gauge', 'service_pending_requests', 'Calls that have not been answered', () =>
    [...pending].map(([operation, value]) => ({ labels: { ...frontend, operation }, value })),
  );
  const callEnded = callMeter(metrics);
  const persisted = metrics.counter('persistence_requests', 'Operations of the store');
  const persistenceLatency = metrics.histogram(
    'persistence_latency',
    'Duration of operations of the store, in seconds',
  );
  const persistenceErrors = metrics.counter('persistence_errors', 'Operations of the store that failed');
  const polls = {
    sync: metrics.counter('poll_success_sync', 'Polls that got a task as it came'),
    all: metrics.counter('poll_success', 'Polls that got a task'),
    empty: metrics.counter('poll_timeouts', 'Polls that ended without a task'),
  };
  const closes = new Map(
    [...closeNames].map(([status, name]) => [status, metrics.counter(name, 'Runs that closed like this')]),
  );
  return {
    callBegan: (method) => move(method, 1),
    callEnded(end) {
      move(end.method, -1);
      callEnded(end);
    },
    storeOperationEnded(operation, durationMs, failed) {
      persisted({ operation });
      persistenceLatency(durationMs, { operation });
      if (failed) persistenceErrors({ operation });
    },
    pollEnded(queue, how) {
      const labels = queueLabels(queue, namespaceName);
      if (how === 'empty') return polls.empty(labels);
      polls.all(labels);
      if (how === 'sync') polls.sync(labels);
    },
    runClosed: (namespace, status) => closes.get(status)?.({ namespace }),
  };
}

function callMeter(metrics: Metrics): Meters['callEnded'] {
  const requests = metrics.counter('service_requests', 'Calls');
  const latency = metrics.histogram('service_latency', 'Duration of calls, in seconds; long polls included');
  const errors = metrics.counter('service_errors', 'Calls that were refused or failed');
  const errorTypes = metrics.counter('service_error_with_type', 'The same by status code');
  const exhausted = metrics.counter('service_errors_resource_exhausted', 'Calls that a limit stopped');
  return ({ method, namespace, durationMs, error }) => {
    const labels = { ...frontend, operation: method, namespace };
    requests(labels);
    latency(durationMs, labels);
    if (error === undefined) return;
    errors(labels);
    const code = error instanceof ServiceError ? error.code : StatusCode.INTERNAL;
    errorTypes({ ...labels, error_type: statusName(code) });
    if (code === StatusCode.RESOURCE_EXHAUSTED) exhausted({ ...labels, resource_exhausted_cause: causeOf(error) });
  };
}

function causeOf(error: unknown): string {
  const cause = error instanceof ServiceError && error.detail ? (error.detail.value as { cause?: number }).cause : 0;
  return enumName(ResourceExhaustedCause, cause ?? 0).replace('RESOURCE_EXHAUSTED_CAUSE_', '');
}

function queueLabels({ namespaceId, name, kind }: QueueKey, namespaceName: (id: string) => string): Labels {
  const type = kind.charAt(0).toUpperCase() + kind.slice(1);
  return { namespace: namespaceName(namespaceId), taskqueue: name, task_type: type };
}

/** What need not be counted, since it is there to be read. */
export function readFrom(metrics: Metrics, measured: () => Measured): void {
  const ofQueues = (value: (queue: TaskQueue, nowMs: number) => number) => () => {
    const { queues, namespaceName, now } = measured();
    return [...queues].map(({ key, queue }) => ({
      labels: queueLabels(key, namespaceName),
      value: value(queue, now()),
    }));
  };
  const gauge = metrics.read.bind(metrics, 'gauge');
  gauge(
    'approximate_backlog_count',
    'Tasks that wait',
    ofQueues((queue) => backlogCount(queue.lanes.values())),
  );
  gauge(
    'approximate_backlog_age_seconds',
    'How long the oldest of them has waited',
    ofQueues((queue, nowMs) => backlogAgeMs(queue.lanes.values(), nowMs) / 1000),
  );
  gauge(
    'tasks_add_rate',
    'Tasks a second, over half a minute',
    ofQueues((queue) => queue.rates.of({}, Date.now()).adds),
  );
  gauge(
    'tasks_dispatch_rate',
    'Tasks handed out a second, over half a minute',
    ofQueues((queue) => queue.rates.of({}, Date.now()).dispatches),
  );
  gauge(
    'sync_match_rate',
    'Of the tasks handed out in the last half minute, the part that a poll was waiting for (1: all)',
    ofQueues((queue) => syncMatchRate(queue, Date.now())),
  );
  gauge('loaded_task_queue_count', 'Task queues in memory', () => [...measured().queues].length);
  readCache(metrics, measured);
  readProcess(metrics);
}

function readCache(metrics: Metrics, measured: () => Measured): void {
  const labels = { cache_type: 'mutablestate' };
  const one = (value: () => number) => () => [{ labels, value: value() }];
  metrics.read(
    'gauge',
    'cache_usage',
    'Runs in memory',
    one(() => measured().runCache.size),
  );
  metrics.read(
    'counter',
    'cache_requests',
    'Runs that were wanted',
    one(() => measured().runCache.requests),
  );
  metrics.read(
    'counter',
    'cache_miss',
    'Runs that had to be read and folded',
    one(() => measured().runCache.misses),
  );
  const hitRate = (): number => {
    const { requests, misses } = measured().runCache;
    return requests === 0 ? 1 : 1 - misses / requests;
  };
  metrics.read('gauge', 'cache_hit_rate', 'Of the runs that were wanted, the part that was in memory', one(hitRate));
}

function readProcess(metrics: Metrics): void {
  const seconds = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
  metrics.read('counter', 'process_cpu_seconds_total', 'CPU of this process', seconds);
  metrics.read('gauge', 'process_resident_memory_bytes', 'Memory of this process', () => process.memoryUsage.rss());
  metrics.read('gauge', 'nodejs_heap_size_used_bytes', 'JavaScript heap in use', () => process.memoryUsage().heapUsed);
}
