/** The calls that a worker makes for activity tasks. */
import type { ConnectionLike } from '@reprise/client';
import type { FailureShape, Payload } from '@reprise/common';
import { WorkflowService } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { measureCall } from '../metrics/measure-call.ts';
import type { WorkerMetrics } from '../metrics/worker-metrics.ts';
import { versionCapabilities, type WorkerIdentity } from '../worker-rpc.ts';

type Response = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
type WireFailure = temporal.api.failure.v1.Failure;

export interface HeartbeatAnswer {
  readonly cancelRequested: boolean;
  readonly paused: boolean;
  readonly reset: boolean;
}

const POLL_TIMEOUT_MS = 70_000;
/** temporal.api.enums.v1.TaskQueueKind. */
const NORMAL_QUEUE = 1 as const;

export class ActivityRpc {
  #connection: ConnectionLike;
  readonly #who: WorkerIdentity;
  readonly #maxTasksPerSecond: number | undefined;
  readonly #metrics: WorkerMetrics;

  constructor(
    connection: ConnectionLike,
    who: WorkerIdentity,
    { maxTasksPerSecond, metrics }: { maxTasksPerSecond: number | undefined; metrics: WorkerMetrics },
  ) {
    this.#connection = connection;
    this.#who = who;
    this.#maxTasksPerSecond = maxTasksPerSecond;
    this.#metrics = metrics;
  }

  set connection(connection: ConnectionLike) {
    this.#connection = connection;
  }

  poll(signal: AbortSignal): Promise<Response> {
    const { namespace, taskQueue, identity } = this.#who;
    const limit = this.#maxTasksPerSecond;
    const request = {
      namespace,
      taskQueue: { name: taskQueue, kind: NORMAL_QUEUE },
      identity,
      workerInstanceKey: this.#who.workerInstanceKey,
      ...(limit === undefined ? {} : { taskQueueMetadata: { maxTasksPerSecond: { value: limit } } }),
      ...versionCapabilities(this.#who),
    };
    const method = WorkflowService.methods.pollActivityTaskQueue;
    const options = { deadlineMs: Date.now() + POLL_TIMEOUT_MS, signal };
    return measureCall(this.#metrics, { operation: method.name, isLong: true }, () =>
      this.#connection.pollTransport.unary(method, request, options),
    );
  }

  async respondCompleted(taskToken: Uint8Array, result: Payload): Promise<void> {
    const request = {
      ...this.#common(taskToken),
      result: { payloads: [result] },
    };
    await measureCall(this.#metrics, { operation: 'RespondActivityTaskCompleted' }, () =>
      this.#connection.workflowService.respondActivityTaskCompleted(request),
    );
  }

  async respondFailed(taskToken: Uint8Array, failure: FailureShape, lastHeartbeat: readonly Payload[]): Promise<void> {
    const request = {
      ...this.#common(taskToken),
      failure: failure as WireFailure,
      ...(lastHeartbeat.length === 0 ? {} : { lastHeartbeatDetails: { payloads: [...lastHeartbeat] } }),
    };
    await measureCall(this.#metrics, { operation: 'RespondActivityTaskFailed' }, () =>
      this.#connection.workflowService.respondActivityTaskFailed(request),
    );
  }

  async respondCanceled(taskToken: Uint8Array, details: readonly Payload[]): Promise<void> {
    const request = {
      ...this.#common(taskToken),
      ...(details.length === 0 ? {} : { details: { payloads: [...details] } }),
    };
    await measureCall(this.#metrics, { operation: 'RespondActivityTaskCanceled' }, () =>
      this.#connection.workflowService.respondActivityTaskCanceled(request),
    );
  }

  async heartbeat(taskToken: Uint8Array, details: readonly Payload[]): Promise<HeartbeatAnswer> {
    const { namespace, identity } = this.#who;
    const request = {
      taskToken,
      namespace,
      identity,
      ...(details.length === 0 ? {} : { details: { payloads: [...details] } }),
    };
    const answer = await measureCall(this.#metrics, { operation: 'RecordActivityTaskHeartbeat' }, () =>
      this.#connection.workflowService.recordActivityTaskHeartbeat(request),
    );
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
