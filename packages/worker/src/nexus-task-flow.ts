/**
 * A Nexus task from poll to answer: find the handler of the operation, run it in its context, answer with what came of it.
 *
 * I1. Every task is answered, or the server has given it up.
 */
import { PayloadStore, type Client } from '@reprise/client';
import {
  CancelledFailure,
  LoggerWithComposedMetadata,
  MetricMeterWithComposedTags,
  SdkComponent,
  composeInterceptors,
  encodeErrorToFailure,
  encodeToPayload,
  type FailureShape,
  type LoadedDataConverter,
  type Logger,
  type MetricMeter,
  type MetricTags,
  type Untyped,
} from '@reprise/common';
import { asyncLocalStorage } from '@reprise/nexus';
import type { temporal } from '@reprise/proto';
import { HandlerError, OperationError } from 'nexus-rpc';
import type { OperationContext, OperationDefinition, OperationHandler, ServiceHandler } from 'nexus-rpc';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import { asHandlerError, operationErrorToProto } from './nexus/handler-error.ts';
import type {
  NexusCancelOperationInput,
  NexusInterceptors,
  NexusInterceptorsFactory,
  NexusStartOperationInput,
} from './nexus/interceptors.ts';
import { legacyOperationError } from './nexus/legacy-failure.ts';
import type { NexusRpc } from './nexus/nexus-rpc.ts';
import { logHandlerCall } from './nexus/log-handler-call.ts';
import { nexusLinks, type NexusTask, type NexusTaskRequest } from './nexus/nexus-task.ts';
import { decodeOperationInput } from './nexus/operation-input.ts';

type Answer = temporal.api.nexus.v1.Response;
type StartAnswer = temporal.api.nexus.v1.StartOperationResponse;
type WireFailure = temporal.api.failure.v1.Failure;
type Handler = OperationDefinition<unknown, unknown> & OperationHandler<unknown, unknown>;
type Start = Extract<NexusTaskRequest, { kind: 'start' }>;

export interface NexusTaskFlowOptions {
  readonly rpc: NexusRpc;
  readonly services: ReadonlyMap<string, ServiceHandler<Untyped>>;
  readonly interceptors: readonly NexusInterceptorsFactory[];
  readonly dataConverter: LoadedDataConverter;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly logger: Logger;
  readonly metricMeter: MetricMeter;
  readonly metrics: WorkerMetrics;
}

/** One task while it runs. */
interface Handling {
  readonly task: NexusTask;
  readonly context: OperationContext;
  readonly log: Logger;
  readonly inbound: readonly NonNullable<NexusInterceptors['inbound']>[];
}

export class NexusTaskFlow {
  readonly #options: NexusTaskFlowOptions;
  readonly #store: PayloadStore;
  readonly #running = new Set<AbortController>();

  constructor(options: NexusTaskFlowOptions) {
    this.#options = options;
    this.#store = new PayloadStore(options.dataConverter.externalStorage);
  }

  get running(): number {
    return this.#running.size;
  }

  /** Asks all handlers that run to stop, since the worker does. */
  cancelAll(): void {
    for (const controller of this.#running) controller.abort(new CancelledFailure('WORKER_SHUTDOWN'));
  }

  async process(task: NexusTask): Promise<void> {
    const { metrics, rpc, logger } = this.#options;
    const { service, operation } = task.request;
    const tags = { nexus_service: service, nexus_operation: operation };
    const controller = new AbortController();
    const limit = deadlineOf(task, () => controller.abort(new CancelledFailure('TIMED_OUT')));
    this.#running.add(controller);
    metrics.time('nexus_task_schedule_to_start_latency', Date.now() - task.scheduledTimeMs);
    const startedMs = performance.now();
    try {
      await this.#fetchOrStore('retrieving', () => this.#store.retrieve(task));
      const answer = await this.#handle(task, controller.signal);
      await this.#fetchOrStore('storing', () => this.#store.store(answer, { target: undefined }));
      metrics.time('nexus_task_execution_latency', performance.now() - startedMs, tags);
      await rpc.respondCompleted(task.taskToken, answer);
    } catch (thrown) {
      const error = asHandlerError(thrown);
      metrics.count('nexus_task_execution_failed', { ...tags, failure_reason: `handler_error_${error.type}` });
      const failure = await this.#encodeFailure(error);
      await rpc.respondFailed(task.taskToken, failure, task.takesFailures).catch((reason: unknown) => {
        logger.warn('The failure of a Nexus operation could not be reported', { service, operation, error: reason });
      });
    } finally {
      clearTimeout(limit);
      this.#running.delete(controller);
      metrics.time('nexus_task_endtoend_latency', Date.now() - task.scheduledTimeMs, tags);
    }
  }

  /** Storage that fails may do better the next time. */
  async #fetchOrStore(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const error = new HandlerError('INTERNAL', message, { cause, retryableOverride: true });
      this.#options.logger.error(`Payloads of a Nexus task failed ${what}: ${message}`, { error });
      throw error;
    }
  }

  async #encodeFailure(error: HandlerError): Promise<FailureShape> {
    const failure = await encodeErrorToFailure(this.#options.dataConverter, error);
    const stored = { failure };
    // A failure whose payloads cannot be stored goes with them.
    await this.#store.store(stored, { target: undefined }).catch(() => undefined);
    return stored.failure;
  }

  #handle(task: NexusTask, abortSignal: AbortSignal): Promise<Answer> {
    const { client, namespace, taskQueue, logger, metricMeter, interceptors: factories } = this.#options;
    const { service, operation } = task.request;
    const context: OperationContext = {
      service,
      operation,
      headers: task.headers,
      abortSignal,
      ...(task.deadlineMs !== undefined && { requestDeadline: new Date(task.deadlineMs) }),
    };
    const where = { namespace, taskQueue, service, operation };
    let outbound: NonNullable<NexusInterceptors['outbound']>[] = [];
    const attributes = () =>
      composeInterceptors(outbound, 'getLogAttributes', (more: Record<string, unknown>) => more)(where);
    const tags = () => composeInterceptors(outbound, 'getMetricTags', (more: MetricTags) => more)(where);
    const handlerContext = {
      client,
      namespace,
      taskQueue,
      endpoint: task.endpoint,
      log: LoggerWithComposedMetadata.compose(logger, { sdkComponent: SdkComponent.nexus }, attributes),
      metrics: MetricMeterWithComposedTags.compose(metricMeter, tags),
    };
    return asyncLocalStorage.run(handlerContext, async () => {
      const interceptors = factories.map((factory) => factory(context));
      outbound = interceptors.flatMap((one) => (one.outbound === undefined ? [] : [one.outbound]));
      const inbound = interceptors.flatMap((one) => (one.inbound === undefined ? [] : [one.inbound]));
      const handling = { task, context, log: handlerContext.log, inbound };
      return await client.withAbortSignal(abortSignal, () => this.#answer(handling));
    });
  }

  async #answer(handling: Handling): Promise<Answer> {
    const { request } = handling.task;
    switch (request.kind) {
      case 'start':
        return { startOperation: await this.#start(handling, request) };
      case 'cancel':
        await this.#cancel(handling, request.token);
        return { cancelOperation: {} };
      case 'unknown':
        throw new HandlerError('NOT_IMPLEMENTED', 'A request must start or cancel an operation; this one does neither');
    }
  }

  async #start({ task, context, log, inbound }: Handling, request: Start): Promise<StartAnswer> {
    const { dataConverter } = this.#options;
    const { requestId, callbackUrl, callbackHeaders } = request;
    if (requestId === '') throw new HandlerError('BAD_REQUEST', 'The request has no request id');
    const handler = this.#handlerOf(request);
    const ctx = {
      ...context,
      requestId,
      inboundLinks: nexusLinks(request.links),
      outboundLinks: [],
      callbackHeaders,
      ...(callbackUrl !== undefined && { callbackUrl }),
    };
    const start = composeInterceptors(inbound, 'startOperation', async (input: NexusStartOperationInput) => ({
      result: await logHandlerCall(log, 'startOperation', {
        call: () => handler.start(input.ctx, input.input),
        isAborted: () => context.abortSignal.aborted,
      }),
    }));
    try {
      const input = await decodeOperationInput(dataConverter, request.payload, handler.inputType);
      const { result } = await start({ ctx, input });
      const links = ctx.outboundLinks.map(({ url, type }: { url: URL; type: string }) => ({ url: url.href, type }));
      if (result.isAsync) {
        return { asyncSuccess: { operationToken: result.token, operationId: result.token, links } };
      }
      return {
        syncSuccess: { payload: await encodeToPayload(dataConverter, result.value, handler.outputType), links },
      };
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      const failure = await operationErrorToProto(dataConverter, error);
      return task.takesFailures
        ? { failure: failure as WireFailure }
        : { operationError: legacyOperationError(failure) };
    }
  }

  async #cancel({ task, context, log, inbound }: Handling, token: string): Promise<void> {
    if (token === '') throw new HandlerError('BAD_REQUEST', 'The request names no operation');
    const handler = this.#handlerOf(task.request);
    const cancel = composeInterceptors(inbound, 'cancelOperation', (input: NexusCancelOperationInput) =>
      logHandlerCall(log, 'cancelOperation', {
        call: () => handler.cancel(input.ctx, input.token),
        isAborted: () => context.abortSignal.aborted,
      }),
    );
    await cancel({ ctx: { ...context }, token });
  }

  #handlerOf({ service, operation }: NexusTaskRequest): Handler {
    const found = this.#options.services.get(service);
    if (found === undefined) {
      throw new HandlerError('NOT_FOUND', `No service handler registered for service name '${service}'`);
    }
    return found.getOperationHandler(operation);
  }
}

function deadlineOf({ deadlineMs }: NexusTask, expire: () => void): NodeJS.Timeout | undefined {
  if (deadlineMs === undefined) return undefined;
  return setTimeout(expire, Math.max(0, deadlineMs - Date.now())).unref();
}
