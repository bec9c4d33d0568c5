import { ensureTemporalFailure, NamespaceNotFoundError } from '@reprise/common';
import type { ActivitySerializationContext, PayloadTypeInfo } from '@reprise/common';
import { ConnectedClient } from './connected-client.ts';
import {
  ActivityCancelledError,
  ActivityCompletionError,
  ActivityNotFoundError,
  ActivityPausedError,
  ActivityResetError,
  isGrpcServiceError,
} from './errors.ts';
import { loadBaseClientOptions } from './client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from './client-options.ts';
import { decodeError } from './call/decode-error.ts';
import { status } from './call/status.ts';
import type { RawWorkflowService } from './connection.ts';
import { Converter } from './convert/converter.ts';
import { storingService } from './external-storage/storing-service.ts';

/** An activity by the ids of its workflow and its own. Without a workflow id: a standalone activity. */
export interface FullActivityId {
  workflowId?: string;
  runId?: string;
  activityId: string;
}

/** What converters and codecs get to know of an activity that is named by its task token, which does not tell it. */
export interface AsyncCompletionOperationOptions {
  serializationContext?: ActivitySerializationContext;
}

/** How to complete an activity. */
export interface AsyncCompletionCompleteOptions {
  /** What is declared of the type of the result. */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

export type AsyncCompletionClientOptions = BaseClientOptions;
export type LoadedAsyncCompletionClientOptions = LoadedBaseClientOptions;

type Target = Uint8Array | FullActivityId;

interface HeartbeatAnswer {
  cancelRequested?: boolean | null | undefined;
  activityPaused?: boolean | null | undefined;
  activityReset?: boolean | null | undefined;
}

/**
 * Completes activities from outside their workers: those that threw `CompleteAsyncError`.
 *
 * @example
 * ```ts
 * await client.activity.complete(taskToken, 'done by hand');
 * ```
 */
export class AsyncCompletionClient extends ConnectedClient {
  readonly options: LoadedAsyncCompletionClientOptions;
  readonly #converter: Converter;
  readonly #service: RawWorkflowService;

  constructor(options: AsyncCompletionClientOptions = {}) {
    super();
    this.options = loadBaseClientOptions(options);
    this.#converter = new Converter(this.options.loadedDataConverter);
    this.#service = storingService(this.options);
  }

  /**
   * Completes an activity.
   *
   * @param target its task token, or its ids.
   * @throws ActivityNotFoundError when the activity is not waiting.
   */
  async complete(
    target: Target,
    result?: unknown,
    options: AsyncCompletionCompleteOptions & AsyncCompletionOperationOptions = {},
  ): Promise<void> {
    const { outputType } = options.typeInfo ?? {};
    const types = outputType && { inputTypes: [outputType] };
    const payloads = await this.#converterOf(target, options).encodeArgs([result], types);
    await this.#send(target, {
      byToken: (taskToken) => this.#service.respondActivityTaskCompleted({ ...this.#who, taskToken, result: payloads }),
      byId: (ids) => this.#service.respondActivityTaskCompletedById({ ...this.#who, ...ids, result: payloads }),
    });
  }

  /** Fails an attempt of an activity; its retry policy decides whether there is another. */
  async fail(target: Target, error: unknown, options: AsyncCompletionOperationOptions = {}): Promise<void> {
    const failure = await this.#converterOf(target, options).encodeFailure(ensureTemporalFailure(error));
    await this.#send(target, {
      byToken: (taskToken) => this.#service.respondActivityTaskFailed({ ...this.#who, taskToken, failure }),
      byId: (ids) => this.#service.respondActivityTaskFailedById({ ...this.#who, ...ids, failure }),
    });
  }

  /** Says that an activity, asked to cancel, has done so. */
  async reportCancellation(
    target: Target,
    details?: unknown,
    options: AsyncCompletionOperationOptions = {},
  ): Promise<void> {
    const payloads = await this.#converterOf(target, options).encodeArgs([details]);
    await this.#send(target, {
      byToken: (taskToken) => this.#service.respondActivityTaskCanceled({ ...this.#who, taskToken, details: payloads }),
      byId: (ids) => this.#service.respondActivityTaskCanceledById({ ...this.#who, ...ids, details: payloads }),
    });
  }

  /**
   * Says that an activity is alive.
   *
   * @throws ActivityCancelledError, ActivityResetError or ActivityPausedError when that was asked of it.
   */
  async heartbeat(target: Target, details?: unknown, options: AsyncCompletionOperationOptions = {}): Promise<void> {
    const payloads = await this.#converterOf(target, options).encodeArgs([details]);
    const answer = await this.#send<HeartbeatAnswer>(target, {
      byToken: (taskToken) => this.#service.recordActivityTaskHeartbeat({ ...this.#who, taskToken, details: payloads }),
      byId: (ids) => this.#service.recordActivityTaskHeartbeatById({ ...this.#who, ...ids, details: payloads }),
    });
    if (answer.cancelRequested === true)
      throw new ActivityCancelledError('The cancellation of the activity was requested');
    if (answer.activityReset === true) throw new ActivityResetError('The activity was reset');
    if (answer.activityPaused === true) throw new ActivityPausedError('The activity was paused');
  }

  get #who(): { namespace: string; identity: string } {
    return { namespace: this.options.namespace, identity: this.options.identity };
  }

  #converterOf(target: Target, { serializationContext }: AsyncCompletionOperationOptions): Converter {
    if (target instanceof Uint8Array)
      return serializationContext ? this.#converter.within(serializationContext) : this.#converter;
    if (serializationContext !== undefined) {
      throw new TypeError('serializationContext goes with a task token: by its ids, an activity has a context already');
    }
    const { workflowId, activityId } = target;
    return this.#converter.within({
      type: 'activity',
      namespace: this.options.namespace,
      activityId,
      ...(workflowId !== undefined && { workflowId }),
      isLocal: false,
    });
  }

  async #send<R>(
    target: Target,
    calls: { byToken: (taskToken: Uint8Array) => Promise<R>; byId: (ids: FullActivityId) => Promise<R> },
  ): Promise<R> {
    try {
      return await (target instanceof Uint8Array ? calls.byToken(target) : calls.byId(target));
    } catch (error) {
      const decoded = decodeError(error, { action: 'Unexpected failure', namespace: this.options.namespace });
      if (decoded instanceof NamespaceNotFoundError) throw decoded;
      if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) throw new ActivityNotFoundError('Not found');
      throw new ActivityCompletionError(isGrpcServiceError(error) ? error.details : 'Unexpected failure', {
        cause: error,
      });
    }
  }
}
