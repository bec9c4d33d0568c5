/**
 * A workflow task from poll to answer: complete its history, run it where its run lives, respond, and go on with the next
 * task if the answer brought one.
 *
 * I1. Tasks of one run are worked on one after another.
 */
import type { Logger } from '@reprise/common';
import { RpcError } from '@reprise/proto';
import { fetchRest, fetchWhole, isWholeHistory } from './decode/history-pages.ts';
import { decodeWorkflowTask, type WorkflowTask } from './decode/workflow-task.ts';
import { findOversize, type PayloadLimits } from './payload-limits.ts';
import {
  HostLostError,
  type CompletedAnswer,
  type HostTask,
  type TaskAnswer,
  type WorkflowHost,
} from './host/workflow-host.ts';
import type { EagerActivities } from './activity/eager-activities.ts';
import type { LocalActivityRunner } from './activity/local-activity-runner.ts';
import {
  completedRequest,
  failedRequest,
  failedRunRequest,
  oversizeRequest,
  queryRequest,
  type StickyQueue,
} from './respond/workflow-task.ts';
import type { SinkRunner } from './sinks.ts';
import { measureWorkflowTask } from './metrics/measure-workflow-task.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import type { WorkflowRpc } from './worker-rpc.ts';

export interface WorkflowTaskFlowOptions {
  readonly rpc: WorkflowRpc;
  readonly metrics: WorkerMetrics;
  readonly host: WorkflowHost;
  readonly namespace: string;
  readonly logger: Logger;
  readonly sticky: StickyQueue | undefined;
  readonly versioningBehavior: number | undefined;
  /** A run whose code does not fit its history fails, instead of its task. */
  failsOnMismatch(this: void, workflowType: string): boolean;
  /** Undefined: payloads of any size are sent. */
  readonly payloadLimits: PayloadLimits | undefined;
  readonly localActivities: LocalActivityRunner;
  readonly sinks: SinkRunner;
  readonly eagerActivities: EagerActivities;
}

const NOT_FOUND = 5;
/** Times that one task builds its run anew; more than one when the place where it lives ends meanwhile. */
const MAX_REBUILDS = 3;
/** Share of the task's time after which a task with local activities under way asks for another. */
const KEEP_ALIVE_AT = 0.8;

export class WorkflowTaskFlow {
  readonly #options: WorkflowTaskFlowOptions;
  /** Per run, the end of its last task (I1). */
  readonly #tails = new Map<string, Promise<void>>();

  constructor(options: WorkflowTaskFlowOptions) {
    this.#options = options;
  }

  /** Works on a task, and on those that follow from it, until the server has no more for this run now. */
  async process(first: WorkflowTask): Promise<void> {
    const before = this.#tails.get(first.runId) ?? Promise.resolve();
    const mine = before.then(() => this.#follow(first));
    this.#tails.set(first.runId, mine);
    try {
      await mine;
    } finally {
      if (this.#tails.get(first.runId) === mine) this.#tails.delete(first.runId);
    }
  }

  async #follow(first: WorkflowTask): Promise<void> {
    for (let task = first; ;) {
      try {
        const begunMs = performance.now();
        const { answer, isKeepAlive } = await this.#run(task);
        measureWorkflowTask(this.#options.metrics, { task, answer, tookMs: performance.now() - begunMs });
        const next = await this.#respond(task, answer, isKeepAlive);
        if (next === undefined) return;
        task = next;
      } catch (error) {
        this.#abandon(task, error);
        return;
      }
    }
  }

  async #run(task: WorkflowTask): Promise<{ answer: TaskAnswer; isKeepAlive: boolean }> {
    let complete = await fetchRest(this.#options.rpc, task);
    for (let builds = 0; builds <= MAX_REBUILDS; builds++) {
      const outcome = await this.#runOnce(complete);
      if (outcome.answer.status !== 'cacheMiss') return outcome;
      this.#options.metrics.count('sticky_cache_miss');
      complete = await fetchWhole(this.#options.rpc, complete);
    }
    const firstEventId = complete.events[0]?.eventId ?? 0;
    throw new Error(
      `Run ${task.runId} could not be rebuilt from its history, whose first event is ${firstEventId}: it has gaps, or the place where the run lived ended each time`,
    );
  }

  async #runOnce(task: WorkflowTask): Promise<{ answer: TaskAnswer; isKeepAlive: boolean }> {
    const { host, localActivities, sinks } = this.#options;
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
      const answer = await host.runTask(this.#hostTask(task), { onLocalOrders: (orders) => local.take(orders) });
      isLetGo = answer.status !== 'completed' || answer.isClosed;
      if (answer.status !== 'cacheMiss') {
        sinks.run(answer.sinkCalls, task, answer.status === 'completed' ? answer.info : undefined);
      }
      return { answer, isKeepAlive };
    } catch (error) {
      if (!(error instanceof HostLostError)) throw error;
      return { answer: this.#answerForLost(task, error), isKeepAlive: false };
    } finally {
      local.endTask();
      if (isLetGo) localActivities.forget(task.runId);
    }
  }

  #hostTask(task: WorkflowTask): HostTask {
    return {
      workflowId: task.workflowId,
      runId: task.runId,
      workflowType: task.workflowType,
      namespace: this.#options.namespace,
      taskQueue: task.taskQueue,
      events: task.events,
      isWholeHistory: isWholeHistory(task),
      previousStartedEventId: task.previousStartedEventId,
      updates: task.updates,
      queries: task.queries,
    };
  }

  /** The guilty run's task fails, with the reason; the others' tasks start over from their histories. */
  #answerForLost(task: WorkflowTask, error: HostLostError): TaskAnswer {
    if (error.guiltyRunId !== task.runId) return { status: 'cacheMiss' };
    const failure = { message: error.message };
    return { status: 'failed', failure, isNondeterminism: false, mismatch: undefined, sinkCalls: [] };
  }

  /** Answers the server; returns the next task of the same run, if the server had one ready. */
  async #respond(task: WorkflowTask, answer: TaskAnswer, isKeepAlive: boolean): Promise<WorkflowTask | undefined> {
    const { rpc, host, sticky, versioningBehavior } = this.#options;
    if (task.isLegacyQuery) {
      await rpc.respondQuery(task, queryRequest(task, answer));
      return undefined;
    }
    if (answer.status === 'cacheMiss') return undefined;
    if (answer.status === 'failed' && answer.isNondeterminism && this.#options.failsOnMismatch(task.workflowType)) {
      await rpc.respondCompleted(task, failedRunRequest(task, answer));
      return undefined;
    }
    if (answer.status === 'failed') {
      await this.#respondFailed(task, answer);
      return undefined;
    }
    if (await this.#refuseOversize(task, answer)) return undefined;
    const options = { sticky, versioningBehavior, forceNewTask: isKeepAlive };
    const slots = this.#options.eagerActivities.reserve(answer.commands);
    let response: Awaited<ReturnType<WorkflowRpc['respondCompleted']>> = {};
    try {
      response = await rpc.respondCompleted(task, completedRequest(task, answer, options));
    } finally {
      this.#options.eagerActivities.take(response.activityTasks ?? [], slots);
    }
    if ((response.resetHistoryEventId ?? 0) > 0) host.discardLastTask(task.runId);
    return response.workflowTask ? decodeWorkflowTask(response.workflowTask) : undefined;
  }

  /** Fails the task when the server would refuse what it asks for. */
  async #refuseOversize(task: WorkflowTask, answer: CompletedAnswer): Promise<boolean> {
    const { payloadLimits, logger, host, rpc } = this.#options;
    const oversize = payloadLimits === undefined ? undefined : findOversize(answer.commands, payloadLimits);
    if (oversize === undefined) return false;
    const { workflowId, runId, workflowType } = task;
    logger.warn(oversize.message, { workflowId, runId, workflowType });
    if (!oversize.isError) return false;
    host.evict(runId);
    if (task.attempt <= 1) await rpc.respondFailed(task, oversizeRequest(task, oversize.message));
    return true;
  }

  async #respondFailed(task: WorkflowTask, answer: Extract<TaskAnswer, { status: 'failed' }>): Promise<void> {
    const { workflowId, runId, workflowType, attempt } = task;
    const about = { workflowId, runId, workflowType, attempt, stackTrace: answer.failure.stackTrace };
    this.#options.logger.warn(`Failing workflow task: ${answer.failure.message ?? 'no message'}`, about);
    // Later attempts are left to time out, so that a task that always fails is not retried in a tight loop.
    if (attempt <= 1) await this.#options.rpc.respondFailed(task, failedRequest(task, answer));
  }

  /** The server will hand the task out again when it times out; by then the run is rebuilt from its history. */
  #abandon(task: WorkflowTask, error: unknown): void {
    const { workflowId, runId } = task;
    this.#options.host.evict(runId);
    const isGone = error instanceof RpcError && error.code === NOT_FOUND;
    const message = error instanceof Error ? error.message : String(error);
    this.#options.logger.log(isGone ? 'DEBUG' : 'WARN', `Workflow task could not be answered: ${message}`, {
      workflowId,
      runId,
    });
  }
}
