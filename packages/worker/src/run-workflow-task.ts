/** A workflow task where its run lives, with what its code waits for meanwhile: the rest of its history, local activities. */
import type { LocalActivityRunner } from './activity/local-activity-runner.ts';
import { fetchRest, fetchWhole, isWholeHistory } from './decode/history-pages.ts';
import type { WorkflowTask } from './decode/workflow-task.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import type { SinkRunner } from './sinks.ts';
import type { WorkflowRpc } from './worker-rpc.ts';
import { HostLostError, type HostTask, type TaskAnswer, type WorkflowHost } from './host/workflow-host.ts';

export interface WorkflowTaskSurroundings {
  readonly rpc: WorkflowRpc;
  readonly metrics: WorkerMetrics;
  readonly host: WorkflowHost;
  readonly namespace: string;
  readonly localActivities: LocalActivityRunner;
  readonly sinks: SinkRunner;
}

export interface WorkflowTaskOutcome {
  readonly answer: TaskAnswer;
  /** The task is answered before its local activities have ended, so that it does not time out. */
  readonly isKeepAlive: boolean;
}

/** Times that one task builds its run anew; more than one when the place where it lives ends meanwhile. */
const MAX_REBUILDS = 3;
/** Share of the task's time after which a task with local activities under way asks for another. */
const KEEP_ALIVE_AT = 0.8;

/** @throws Error when the run cannot be rebuilt, RpcError when its history cannot be fetched */
export async function runWorkflowTask(
  task: WorkflowTask,
  around: WorkflowTaskSurroundings,
): Promise<WorkflowTaskOutcome> {
  let complete = await fetchRest(around.rpc, task);
  for (let builds = 0; builds <= MAX_REBUILDS; builds++) {
    const outcome = await runOnce(complete, around);
    if (outcome.answer.status !== 'cacheMiss') return outcome;
    around.metrics.count('sticky_cache_miss');
    complete = await fetchWhole(around.rpc, complete);
  }
  const firstEventId = complete.events[0]?.eventId ?? 0;
  throw new Error(
    `Run ${task.runId} could not be rebuilt from its history, whose first event is ${firstEventId}: it has gaps, or the place where the run lived ended each time`,
  );
}

async function runOnce(task: WorkflowTask, around: WorkflowTaskSurroundings): Promise<WorkflowTaskOutcome> {
  const { host, localActivities, sinks, namespace } = around;
  let isKeepAlive = false;
  const local = localActivities.forTask(task, {
    resolve: (outcome) => host.resolveLocal(task.runId, [outcome]),
    keepAlive: () => {
      isKeepAlive = true;
      host.keepAlive(task.runId);
    },
    keepAliveAfterMs: task.taskTimeoutMs * KEEP_ALIVE_AT,
  });
  let isLetGo = true;
  try {
    const answer = await host.runTask(hostTask(task, namespace), { onLocalOrders: (orders) => local.take(orders) });
    isLetGo = answer.status !== 'completed' || answer.isClosed;
    if (answer.status !== 'cacheMiss') {
      sinks.run(answer.sinkCalls, task);
    }
    return { answer, isKeepAlive };
  } catch (error) {
    if (!(error instanceof HostLostError)) throw error;
    return { answer: answerForLost(task, error), isKeepAlive: false };
  } finally {
    local.endTask();
    if (isLetGo) localActivities.forget(task.runId);
  }
}

const hostTask = (task: WorkflowTask, namespace: string): HostTask => ({
  workflowId: task.workflowId,
  runId: task.runId,
  workflowType: task.workflowType,
  namespace,
  taskQueue: task.taskQueue,
  events: task.events,
  isWholeHistory: isWholeHistory(task),
  previousStartedEventId: task.previousStartedEventId,
  updates: task.updates,
  queries: task.queries,
});

/** The guilty run's task fails, with the reason; the others' tasks start over from their histories. */
function answerForLost(task: WorkflowTask, error: HostLostError): TaskAnswer {
  if (error.guiltyRunId !== task.runId) return { status: 'cacheMiss' };
  const failure = { message: error.message };
  return { status: 'failed', failure, isNondeterminism: false, mismatch: undefined, sinkCalls: [] };
}
