/** The calls that a worker makes for activity tasks. */
import type { ConnectionLike } from '@reprise/client';
import type { FailureShape, Payload } from '@reprise/common';
import { WorkflowService } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { versionCapabilities, type WorkerIdentity } from '../worker-rpc.ts';

type Response = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
type WireFailure = temporal.api.failure.v1.Failure;

export interface HeartbeatAnswer {
  readonly cancelRequested: boolean;
  readonly paused: boolean;
  readonly reset: boolean;
}

const POLL_TIMEOUT_MS = 70_000;

export class ActivityRpc {
  #connection: ConnectionLike;
  readonly #who: WorkerIdentity;
  readonly #maxTasksPerSecond: number | undefined;

  constructor(connection: ConnectionLike, who: WorkerIdentity, maxTasksPerSecond: number | undefined) {
    this.#connection = connection;
    this.#who = who;
    this.#maxTasksPerSecond = maxTasksPerSecond;
  }

  set connection(connection: ConnectionLike) {
    this.#connection = connection;
  }

  poll(signal: AbortSignal): Promise<Response> {
    const { namespace, taskQueue, identity } = this.#who;
    const limit = this.#maxTasksPerSecond;
    return this.#connection.pollTransport.unary(
      WorkflowService.methods.pollActivityTaskQueue,
      {
        namespace,
        taskQueue: { name: taskQueue, kind: 1 },
        identity,
        ...(limit === undefined ? {} : { taskQueueMetadata: { maxTasksPerSecond: { value: limit } } }),
        ...versionCapabilities(this.#who),
      },
      { deadlineMs: Date.now() + POLL_TIMEOUT_MS, signal },
    );
  }

  async respondCompleted(taskToken: Uint8Array, result: Payload): Promise<void> {
    await this.#connection.workflowService.respondActivityTaskCompleted({
      ...this.#common(taskToken),
      result: { payloads: [result] },
    });
  }

  async respondFailed(taskToken: Uint8Array, failure: FailureShape, lastHeartbeat: readonly Payload[]): Promise<void> {
    await this.#connection.workflowService.respondActivityTaskFailed({
      ...this.#common(taskToken),
      failure: failure as WireFailure,
      ...(lastHeartbeat.length === 0 ? {} : { lastHeartbeatDetails: { payloads: [...lastHeartbeat] } }),
    });
  }

  async respondCanceled(taskToken: Uint8Array, details: readonly Payload[]): Promise<void> {
    await this.#connection.workflowService.respondActivityTaskCanceled({
      ...this.#common(taskToken),
      ...(details.length === 0 ? {} : { details: { payloads: [...details] } }),
    });
  }

  async heartbeat(taskToken: Uint8Array, details: readonly Payload[]): Promise<HeartbeatAnswer> {
    const { namespace, identity } = this.#who;
    const answer = await this.#connection.workflowService.recordActivityTaskHeartbeat({
      taskToken,
      namespace,
      identity,
      ...(details.length === 0 ? {} : { details: { payloads: [...details] } }),
    });
    return {
      cancelRequested: answer.cancelRequested === true,
      paused: answer.activityPaused === true,
      reset: answer.activityReset === true,
    };
  }

  #common(taskToken: Uint8Array): {
    taskToken: Uint8Array;
    namespace: string;
    identity: string;
    deploymentOptions: WorkerIdentity['deploymentOptions'];
  } {
    const { namespace, identity, deploymentOptions } = this.#who;
    return { taskToken, namespace, identity, deploymentOptions };
  }
}
