/** The calls that a worker makes for workflow tasks, with what is the same in all of them filled in. */
import type { ConnectionLike } from '@reprise/client';
import type { PayloadCodec } from '@reprise/common';
import { WorkflowService } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { decodeMessagePayloads, encodeMessagePayloads } from './decode/payload-units.ts';
import type { HistoryEvent } from './machine/event-type.ts';
import type { WorkflowTask } from './decode/workflow-task.ts';

type Api = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
type Completed = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
type CompletedResponse = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse;
type Failed = temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
type QueryAnswer = temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;

/** How this worker presents itself to the server. */
export interface WorkerIdentity {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly buildId: string;
  readonly useBuildIdVersioning: boolean;
  readonly deploymentOptions: temporal.api.deployment.v1.WorkerDeploymentOptions | undefined;
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken: Uint8Array;
}

/** The server holds a poll for up to a minute. */
const POLL_TIMEOUT_MS = 70_000;

export class WorkflowRpc {
  #connection: ConnectionLike;
  readonly #who: WorkerIdentity;
  readonly #codecs: readonly PayloadCodec[];

  constructor(connection: ConnectionLike, who: WorkerIdentity, codecs: readonly PayloadCodec[]) {
    this.#connection = connection;
    this.#who = who;
    this.#codecs = codecs;
  }

  set connection(connection: ConnectionLike) {
    this.#connection = connection;
  }

  async poll(queue: { name: string; isSticky: boolean }, signal: AbortSignal): Promise<Api> {
    const { namespace, taskQueue, identity } = this.#who;
    const response = await this.#connection.pollTransport.unary(
      WorkflowService.methods.pollWorkflowTaskQueue,
      {
        namespace,
        taskQueue: queue.isSticky ? { name: queue.name, kind: 2, normalName: taskQueue } : { name: queue.name, kind: 1 },
        identity,
        ...versionCapabilities(this.#who),
      },
      { deadlineMs: Date.now() + POLL_TIMEOUT_MS, signal },
    );
    await decodeMessagePayloads(response, this.#codecs);
    return response;
  }

  async getHistoryPage(task: WorkflowTask, nextPageToken: Uint8Array): Promise<HistoryPage> {
    const response = await this.#connection.workflowService.getWorkflowExecutionHistory({
      namespace: this.#who.namespace,
      execution: { workflowId: task.workflowId, runId: task.runId },
      nextPageToken,
    });
    await decodeMessagePayloads(response, this.#codecs);
    return { events: response.history?.events ?? [], nextPageToken: response.nextPageToken ?? new Uint8Array() };
  }

  async respondCompleted(request: Completed): Promise<CompletedResponse> {
    await encodeMessagePayloads(request, this.#codecs);
    const { namespace, identity } = this.#who;
    const response = await this.#connection.workflowService.respondWorkflowTaskCompleted({
      namespace,
      identity,
      ...versionStamp(this.#who),
      ...request,
    });
    await decodeMessagePayloads(response, this.#codecs);
    return response;
  }

  async respondFailed(request: Failed): Promise<void> {
    await encodeMessagePayloads(request, this.#codecs);
    const { namespace, identity, deploymentOptions } = this.#who;
    await this.#connection.workflowService.respondWorkflowTaskFailed({
      namespace,
      identity,
      deploymentOptions,
      ...request,
    });
  }

  async respondQuery(request: QueryAnswer): Promise<void> {
    await encodeMessagePayloads(request, this.#codecs);
    await this.#connection.workflowService.respondQueryTaskCompleted({ namespace: this.#who.namespace, ...request });
  }
}

/** What a poll says of the version of this worker. */
export function versionCapabilities(
  who: WorkerIdentity,
): Pick<temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest, 'deploymentOptions' | 'workerVersionCapabilities'> {
  if (who.deploymentOptions !== undefined) return { deploymentOptions: who.deploymentOptions };
  return { workerVersionCapabilities: { buildId: who.buildId, useVersioning: who.useBuildIdVersioning } };
}

function versionStamp(who: WorkerIdentity): Pick<Completed, 'deploymentOptions' | 'workerVersionStamp'> {
  if (who.deploymentOptions !== undefined) return { deploymentOptions: who.deploymentOptions };
  return { workerVersionStamp: { buildId: who.buildId, useVersioning: who.useBuildIdVersioning } };
}
