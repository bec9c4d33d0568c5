/** The calls that a worker makes for Nexus tasks. */
import type { ConnectionLike } from '@reprise/client';
import type { FailureShape } from '@reprise/common';
import { WorkflowService } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { measureCall } from '../metrics/measure-call.ts';
import type { WorkerMetrics } from '../metrics/worker-metrics.ts';
import { versionCapabilities, type WorkerIdentity } from '../worker-rpc.ts';
import { legacyHandlerError } from './legacy-failure.ts';

type PollResponse = temporal.api.workflowservice.v1.PollNexusTaskQueueResponse;
type Answer = temporal.api.nexus.v1.Response;
type WireFailure = temporal.api.failure.v1.Failure;

const POLL_TIMEOUT_MS = 70_000;
/** temporal.api.enums.v1.TaskQueueKind. */
const NORMAL_QUEUE = 1 as const;

export class NexusRpc {
  #connection: ConnectionLike;
  readonly #who: WorkerIdentity;
  readonly #metrics: WorkerMetrics;

  constructor(connection: ConnectionLike, who: WorkerIdentity, metrics: WorkerMetrics) {
    this.#connection = connection;
    this.#who = who;
    this.#metrics = metrics;
  }

  set connection(connection: ConnectionLike) {
    this.#connection = connection;
  }

  poll(signal: AbortSignal): Promise<PollResponse> {
    const { namespace, taskQueue, identity, workerInstanceKey } = this.#who;
    const request = {
      namespace,
      taskQueue: { name: taskQueue, kind: NORMAL_QUEUE },
      identity,
      workerInstanceKey,
      ...versionCapabilities(this.#who),
    };
    const method = WorkflowService.methods.pollNexusTaskQueue;
    const options = { deadlineMs: Date.now() + POLL_TIMEOUT_MS, signal };
    return measureCall(this.#metrics, { operation: method.name, isLong: true }, () =>
      this.#connection.pollTransport.unary(method, request, options),
    );
  }

  async respondCompleted(taskToken: Uint8Array, response: Answer): Promise<void> {
    const { namespace, identity } = this.#who;
    await measureCall(this.#metrics, { operation: 'RespondNexusTaskCompleted' }, () =>
      this.#connection.workflowService.respondNexusTaskCompleted({ namespace, identity, taskToken, response }),
    );
  }

  async respondFailed(taskToken: Uint8Array, failure: FailureShape, takesFailures: boolean): Promise<void> {
    const { namespace, identity } = this.#who;
    const answer = takesFailures ? { failure: failure as WireFailure } : { error: legacyHandlerError(failure) };
    await measureCall(this.#metrics, { operation: 'RespondNexusTaskFailed' }, () =>
      this.#connection.workflowService.respondNexusTaskFailed({ namespace, identity, taskToken, ...answer }),
    );
  }
}
