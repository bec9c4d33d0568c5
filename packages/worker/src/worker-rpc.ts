/** The calls that a worker makes for workflow tasks, with what is the same in all of them filled in. */
import type { ConnectionLike } from '@reprise/client';
import type { Logger } from '@reprise/common';
import { WorkflowService } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import type { CodedPayloads } from './decode/coded-payloads.ts';
import { measureCall } from './metrics/measure-call.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import type { HistoryEvent } from './machine/event-type.ts';
import type { WorkflowTask } from './decode/workflow-task.ts';
import { uncodedRequest, undecodedQueryRequest } from './respond/uncoded.ts';

type Api = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
type Completed = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
type CompletedResponse = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse;
type Failed = temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
type QueryAnswer = temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;

type RunOfTask = Pick<WorkflowTask, 'workflowId' | 'runId' | 'workflowType'>;

/** How this worker presents itself to the server. */
export interface WorkerIdentity {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly buildId: string;
  readonly useBuildIdVersioning: boolean;
  readonly deploymentOptions: temporal.api.deployment.v1.WorkerDeploymentOptions | undefined;
  /** Names this worker, among all that ever were. */
  readonly workerInstanceKey: string;
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken: Uint8Array;
}

/** Numbers of temporal.api.enums.v1.TaskQueueKind. */
const QueueKind = { normal: 1, sticky: 2 } as const;

/** The server holds a poll for up to a minute. */
const POLL_TIMEOUT_MS = 70_000;

export class WorkflowRpc {
  #connection: ConnectionLike;
  readonly #who: WorkerIdentity;
  readonly #payloads: CodedPayloads;
  readonly #metrics: WorkerMetrics;
  readonly #logger: Logger;

  constructor(
    connection: ConnectionLike,
    who: WorkerIdentity,
    { payloads, metrics, logger }: { payloads: CodedPayloads; metrics: WorkerMetrics; logger: Logger },
  ) {
    this.#connection = connection;
    this.#who = who;
    this.#payloads = payloads;
    this.#metrics = metrics;
    this.#logger = logger;
  }

  set connection(connection: ConnectionLike) {
    this.#connection = connection;
  }

  async poll(queue: { name: string; isSticky: boolean }, signal: AbortSignal): Promise<Api> {
    const { namespace, taskQueue, identity } = this.#who;
    const request = {
      namespace,
      taskQueue: queue.isSticky
        ? { name: queue.name, kind: QueueKind.sticky, normalName: taskQueue }
        : { name: queue.name, kind: QueueKind.normal },
      identity,
      workerInstanceKey: this.#who.workerInstanceKey,
      ...versionCapabilities(this.#who),
    };
    const method = WorkflowService.methods.pollWorkflowTaskQueue;
    const options = { deadlineMs: Date.now() + POLL_TIMEOUT_MS, signal };
    const response = await measureCall(this.#metrics, { operation: method.name, isLong: true }, () =>
      this.#connection.pollTransport.unary(method, request, options),
    );
    return this.decode(response);
  }

  /** Decodes the payloads of a task, in place. One that cannot be decoded is failed: no task is left. */
  async decode(response: Api): Promise<Api> {
    const { workflowId = '', runId = '' } = response.workflowExecution ?? {};
    const run = { workflowId: workflowId ?? '', runId: runId ?? '', workflowType: response.workflowType?.name ?? '' };
    try {
      await this.#payloads.decode(response, run);
      return response;
    } catch (error) {
      await this.#refuse(response, run, error);
      return {};
    }
  }

  async #refuse({ taskToken, query, attempt }: Api, run: RunOfTask, error: unknown): Promise<void> {
    const token = taskToken ?? new Uint8Array();
    this.#logger.warn(`Payloads of a workflow task could not be decoded: ${String(error)}`, { ...run, error });
    if (query) await this.respondQuery(run, undecodedQueryRequest(token, error));
    else if ((attempt ?? 0) <= 1) await this.respondFailed(run, uncodedRequest(token, error));
  }

  async getHistoryPage(task: WorkflowTask, nextPageToken: Uint8Array): Promise<HistoryPage> {
    const { workflowId, runId } = task;
    const request = { namespace: this.#who.namespace, execution: { workflowId, runId }, nextPageToken };
    const response = await measureCall(this.#metrics, { operation: 'GetWorkflowExecutionHistory' }, () =>
      this.#connection.workflowService.getWorkflowExecutionHistory(request),
    );
    await this.#payloads.decode(response, task);
    return { events: response.history?.events ?? [], nextPageToken: response.nextPageToken ?? new Uint8Array() };
  }

  /** Encodes the payloads of an answer, in place. When that fails, the task is failed, and the error thrown. */
  async encode(task: WorkflowTask, request: Completed): Promise<void> {
    try {
      await this.#payloads.encode(request, task);
    } catch (error) {
      if (task.attempt <= 1) await this.respondFailed(task, uncodedRequest(task.taskToken, error));
      throw error;
    }
  }

  /** Sends an answer whose payloads are encoded. */
  async respondCompleted(task: RunOfTask, request: Completed): Promise<CompletedResponse> {
    const { namespace, identity } = this.#who;
    const full = { namespace, identity, ...versionStamp(this.#who), ...request };
    const response = await measureCall(this.#metrics, { operation: 'RespondWorkflowTaskCompleted' }, () =>
      this.#connection.workflowService.respondWorkflowTaskCompleted(full),
    );
    const { workflowTask, ...rest } = response;
    return workflowTask ? { ...rest, workflowTask: await this.decode(workflowTask) } : response;
  }

  async respondFailed(task: RunOfTask, request: Failed): Promise<void> {
    await this.#payloads.encode(request, task);
    const { namespace, identity, deploymentOptions } = this.#who;
    const full = { namespace, identity, deploymentOptions, ...request };
    await measureCall(this.#metrics, { operation: 'RespondWorkflowTaskFailed' }, () =>
      this.#connection.workflowService.respondWorkflowTaskFailed(full),
    );
  }

  async respondQuery(task: RunOfTask, request: QueryAnswer): Promise<void> {
    await this.#payloads.encode(request, task);
    const full = { namespace: this.#who.namespace, ...request };
    await measureCall(this.#metrics, { operation: 'RespondQueryTaskCompleted' }, () =>
      this.#connection.workflowService.respondQueryTaskCompleted(full),
    );
  }
}

/** What a poll says of the version of this worker. */
export function versionCapabilities(
  who: WorkerIdentity,
): Pick<
  temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest,
  'deploymentOptions' | 'workerVersionCapabilities'
> {
  if (who.deploymentOptions !== undefined) return { deploymentOptions: who.deploymentOptions };
  return { workerVersionCapabilities: { buildId: who.buildId, useVersioning: who.useBuildIdVersioning } };
}

function versionStamp(who: WorkerIdentity): Pick<Completed, 'deploymentOptions' | 'workerVersionStamp'> {
  const { deploymentOptions } = who;
  // History keeps the build id of a deployment without versioning only if it comes as a stamp too; replay tells it to the code.
  const buildId = deploymentOptions?.buildId || who.buildId;
  return {
    workerVersionStamp: { buildId, useVersioning: who.useBuildIdVersioning },
    ...(deploymentOptions && { deploymentOptions }),
  };
}
