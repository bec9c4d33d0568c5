/** Carries Nexus operations of workflows to the workers behind their endpoints, and results back to who asked for them. */
import type { Engine } from '../engine.ts';
import {
  nexusAnswered,
  nexusCancelAnswered,
  nexusCancelLater,
  nexusStartedBy,
  type NexusAnswer,
} from '../execution/decide/nexus-answer.ts';
import { isRunning } from '../execution/execution.ts';
import type { NexusOperation } from '../execution/nexus.ts';
import type { RunRef } from '../execution/run-ref.ts';
import type { Failure, HistoryEvent, Link } from '../execution/wire.ts';
import type { Matching, QueueKey } from '../matching/matching.ts';
import type { Clock } from '../time/clock.ts';
import type { NamespaceRegistry } from './namespaces.ts';
import type { NexusEndpoints } from './nexus-endpoints.ts';
import { cancelRequest, handlerProblem, nullPayload, startAnswer, startRequest } from './nexus-message.ts';
import { readCallbackToken } from './nexus-token.ts';
import type { NexusWork } from './nexus-work.ts';

const requestTimeoutMs = 10_000;

export interface NexusOperationsOptions {
  readonly engine: () => Engine;
  readonly matching: Matching;
  readonly endpoints: NexusEndpoints;
  readonly namespaces: NamespaceRegistry;
  readonly clock: Clock;
  readonly clusterId: string;
}

const upstreamTimeout: Failure = {
  message: 'upstream timeout',
  nexusHandlerFailureInfo: { type: 'UPSTREAM_TIMEOUT' },
};

const callerClosed: Failure = {
  message: 'handler error (NOT_FOUND): workflow execution already completed',
  applicationFailureInfo: { nonRetryable: true },
};

const firstEventOf = ({ namespace, workflowId, runId }: RunRef): Link => ({
  workflowEvent: { namespace, workflowId, runId, eventRef: { eventId: 1, eventType: 1 } },
});

const notFoundFailure: Failure = { message: 'not found', nexusHandlerFailureInfo: { type: 'NOT_FOUND' } };

export class NexusOperations implements NexusWork {
  readonly #options: NexusOperationsOptions;
  readonly #stopped = new AbortController();

  constructor(options: NexusOperationsOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async startOperation(run: RunRef, scheduledEventId: number): Promise<void> {
    const operation = this.#pending(run, scheduledEventId);
    if (operation?.state !== 'scheduled') return;
    const { attributes } = operation;
    const queue = this.#queue(attributes.endpoint ?? '');
    if (!queue || !attributes.operation || !attributes.service) {
      return await this.#record(run, scheduledEventId, { kind: 'failed', failure: notFoundFailure });
    }
    const nowMs = this.#options.clock.now();
    const request = startRequest(run, operation, {
      nowMs,
      timeoutMs: requestTimeoutMs,
      clusterId: this.#options.clusterId,
    });
    const asked = await this.#ask(queue, request);
    if (asked.kind === 'cancelled') return;
    const answer: NexusAnswer =
      asked.kind === 'answered' ? startAnswer(asked.answer) : { kind: 'unavailable', failure: upstreamTimeout };
    await this.#record(run, scheduledEventId, answer);
  }

  async cancelOperation(run: RunRef, scheduledEventId: number): Promise<void> {
    const operation = this.#pending(run, scheduledEventId);
    if (operation?.cancel?.state !== 'scheduled' || operation.state !== 'started') return;
    const queue = this.#queue(operation.attributes.endpoint ?? '');
    const nowMs = this.#options.clock.now();
    const engine = this.#options.engine();
    const asked = queue
      ? await this.#ask(
          queue,
          cancelRequest(operation, { nowMs, timeoutMs: requestTimeoutMs, clusterId: this.#options.clusterId }),
        )
      : undefined;
    if (asked?.kind === 'cancelled') return;
    const answer = asked?.kind === 'answered' ? asked.answer : undefined;
    const problem = answer?.kind === 'nexusFailed' ? handlerProblem(answer) : undefined;
    await engine.commit(() =>
      engine.transact(run, (t) => {
        if (!queue) nexusCancelAnswered(t, scheduledEventId, notFoundFailure);
        else if (!answer) nexusCancelLater(t, scheduledEventId, upstreamTimeout);
        else if (problem?.isRetryable) nexusCancelLater(t, scheduledEventId, problem.failure);
        else nexusCancelAnswered(t, scheduledEventId, problem?.failure);
      }),
    );
  }

  /** A workflow that stands for an operation has closed. Callbacks to elsewhere are not allowed in the first place. */
  async deliverCallback(run: RunRef, callbackId: string): Promise<void> {
    const engine = this.#options.engine();
    const { callbacks, closed } = engine.read(run);
    const callback = callbacks.get(callbackId);
    if (!callback || !closed || callback.state !== standby) return;
    const token = readCallbackToken(tokenOf(callback.callback.nexus?.header ?? {}));
    const target = token && engine.find(token.namespaceId, token.workflowId, token.runId);
    const isLate = target !== undefined && !isRunning(engine.read(target));
    if (token && target && !isLate) {
      await engine.commit(() =>
        engine.transact(target, (t) => {
          nexusStartedBy(t, token.scheduledEventId, firstEventOf(run));
          nexusAnswered(t, token.scheduledEventId, resultOf(closed.event));
        }),
      );
    }
    const tried = { attempt: 1, lastAttemptMs: this.#options.clock.now() };
    const change =
      token && !isLate
        ? { ...tried, state: succeeded }
        : {
            ...tried,
            state: failed,
            lastFailure: isLate ? callerClosed : { message: 'the callback names no operation' },
          };
    await engine.commit(() =>
      engine.transact(run, (t) => t.note({ kind: 'callbackChanged', callback: { ...callback, ...change } })),
    );
  }

  #pending(run: RunRef, scheduledEventId: number): NexusOperation | undefined {
    const execution = this.#options.engine().read(run);
    return isRunning(execution) ? execution.nexusOperations.get(scheduledEventId) : undefined;
  }

  #queue(endpointName: string): QueueKey | undefined {
    const worker = this.#options.endpoints.byName(endpointName)?.spec.target?.worker;
    const namespace = worker && this.#options.namespaces.byName(worker.namespace ?? '');
    return worker && namespace ? { namespaceId: namespace.id, name: worker.taskQueue ?? '', kind: 'nexus' } : undefined;
  }

  #ask(queue: QueueKey, request: ReturnType<typeof startRequest>) {
    return this.#options.matching.ask({
      queue,
      body: { kind: 'nexus', request },
      deadlineMs: Date.now() + requestTimeoutMs,
      signal: this.#stopped.signal,
    });
  }

  async #record(run: RunRef, scheduledEventId: number, answer: NexusAnswer): Promise<void> {
    const engine = this.#options.engine();
    await engine.commit(() => engine.transact(run, (t) => nexusAnswered(t, scheduledEventId, answer)));
  }
}

const standby = 1;
const failed = 4;
const succeeded = 5;

const tokenOf = (header: { [key: string]: string }): string =>
  Object.entries(header).find(([name]) => name.toLowerCase() === 'temporal-callback-token')?.[1] ?? '';

function resultOf(close: HistoryEvent): NexusAnswer {
  const completed = close.workflowExecutionCompletedEventAttributes;
  if (completed) return { kind: 'completed', result: completed.result?.payloads?.[0] ?? nullPayload, links: [] };
  const failure = close.workflowExecutionFailedEventAttributes?.failure;
  if (failure) return { kind: 'failed', failure };
  const canceled = close.workflowExecutionCanceledEventAttributes;
  if (canceled) {
    const details = canceled.details ? { details: canceled.details } : {};
    return { kind: 'canceled', failure: { message: 'operation canceled', canceledFailureInfo: details } };
  }
  const ending = close.workflowExecutionTerminatedEventAttributes
    ? { message: 'operation terminated', terminatedFailureInfo: {} }
    : { message: 'operation exceeded internal timeout', timeoutFailureInfo: {} };
  return { kind: 'failed', failure: ending };
}
