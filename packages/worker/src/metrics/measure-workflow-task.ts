/** What a workflow task adds to the metrics. */
import type { WorkflowTask } from '../decode/workflow-task.ts';
import type { TaskAnswer } from '../host/workflow-host.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

/** Counters by the type of the command that ends a run. */
const endings: Readonly<Record<number, string>> = {
  4: 'workflow_completed',
  5: 'workflow_failed',
  7: 'workflow_canceled',
  10: 'workflow_continue_as_new',
};

export function measureWorkflowTask(
  metrics: WorkerMetrics,
  { task, answer, tookMs }: { task: WorkflowTask; answer: TaskAnswer; tookMs: number },
): void {
  const tags = { workflow_type: task.workflowType };
  metrics.time('workflow_task_schedule_to_start_latency', task.waitedMs);
  metrics.time('workflow_task_execution_latency', tookMs, tags);
  if (answer.status === 'failed') {
    const reason = answer.isNondeterminism ? 'NonDeterminismError' : 'WorkflowError';
    metrics.count('workflow_task_execution_failed', { ...tags, failure_reason: reason });
  }
  if (answer.status !== 'completed') return;
  if (task.events[0]?.eventId !== 1) metrics.count('sticky_cache_hit');
  if (answer.replayMs !== undefined) metrics.time('workflow_task_replay_latency', answer.replayMs, tags);
  if (answer.hasEvicted === true) metrics.count('sticky_cache_total_forced_eviction');
  for (const { commandType } of answer.commands) {
    const name = endings[commandType ?? 0];
    if (name === undefined) continue;
    metrics.count(name, tags);
    if (task.runStartedMs !== undefined)
      metrics.time('workflow_endtoend_latency', Date.now() - task.runStartedMs, tags);
  }
}
