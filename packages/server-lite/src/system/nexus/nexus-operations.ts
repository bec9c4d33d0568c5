/** Carries Nexus operations of workflows to the workers behind their endpoints, and results back to who asked for them. */
import { TimeoutType } from '@reprise/proto';
import type { Engine } from '../../engine.ts';
import {
  nexusAnswered,
  nexusBlocked,
  nexusCancelAnswered,
  nexusCancelBlocked,
  nexusCancelLater,
  nexusStartedBy,
  type NexusAnswer,
} from '../../execution/decide/nexus-answer.ts';
import { isRunning } from '../../execution/execution.ts';
import type { NexusOperation } from '../../execution/nexus.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { Transition } from '../../execution/transition.ts';
import type { Failure, HistoryEvent, Link } from '../../execution/wire.ts';
import type { Matching, QueueKey } from '../../matching/matching.ts';
import type { Clock } from '../../time/clock.ts';
import type { NamespaceRegistry } from '../namespaces.ts';
import type { NexusBreakers } from './nexus-breakers.ts';
import type { NexusEndpoints } from './nexus-endpoints.ts';
import { cancelAnswer, startAnswer } from './nexus-answers.ts';
import { nexusBudget } from './nexus-budget.ts';
import { cancelRequest, nullPayload, startRequest } from './nexus-message.ts';
import { readCallbackToken } from './callback-token.ts';
import type { NexusWork } from './nexus-work.ts';

export interface NexusOperationsOptions {
  readonly engine: () => Engine;
  readonly matching: Matching;
  readonly endpoints: NexusEndpoints;
  readonly namespaces: NamespaceRegistry;
  readonly clock: Clock;
  readonly clusterId: string;
  readonly breakers: NexusBreakers;
}

const upstreamTimeout: Failure = {
  message: 'upstream timeout',
  nexusHandlerFailureInfo: { type: 'UPSTREAM_TIMEOUT' },
};

const callerClosed: Failure = {
  message: 'handler error (NOT_FOUND): workflow execution already completed',
  applicationFailureInfo: { nonRetryable: true },
};

const badToken: Failure = {
  message: 'handler error (BAD_REQUEST): invalid callback token',
  applicationFailureInfo: { nonRetryable: true },
};

const firstEventOf = ({ namespace, workflowId, runId }: RunRef): Link => ({
  workflowEvent: { namespace, workflowId, runId, eventRef: { eventId: 1, eventType: 1 } },
});

type Attempt = NexusAnswer | { readonly kind: 'blocked'; readonly untilMs: number };

const notFoundFailure: Failure = { message: 'not found', nexusHandlerFailureInfo: { type: 'NOT_FOUND' } };
const noEndpointFailure: Failure = { ...notFoundFailure, message: 'endpoint not registered' };

interface HandlerRequest {
  readonly run: RunRef;
  readonly operation: NexusOperation;
  readonly purpose: 'start' | 'cancel';
}

const timeoutNames: { readonly [type in TimeoutType]?: string } = {
  [TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE]: 'StartToClose',
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START]: 'ScheduleToStart',
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE]: 'ScheduleToClose',
};

function tooLate(timeoutType: TimeoutType, purpose: 'start' | 'cancel'): NexusAnswer {
  if (purpose === 'start') return { kind: 'timedOut', timeoutType };
  const message = `not enough time to execute another request before ${timeoutNames[timeoutType]} timeout`;
  return { kind: 'failed', failure: { message, applicationFailureInfo: { type: 'CallError', nonRetryable: true } } };
}

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
    const answer = await this.#attempt(run, operation, 'start');
    if (!answer) return;
    await this.#commit(run, (t) => {
      if (answer.kind === 'blocked') nexusBlocked(t, scheduledEventId, answer.untilMs);
      else nexusAnswered(t, scheduledEventId, answer);
    });
  }

  async cancelOperation(run: RunRef, scheduledEventId: number): Promise<void> {
    const operation = this.#pending(run, scheduledEventId);
    if (operation?.cancel?.state !== 'scheduled' || operation.state !== 'started') return;
    const answer = await this.#attempt(run, operation, 'cancel');
    if (!answer) return;
    await this.#commit(run, (t) => {
      if (answer.kind === 'blocked') nexusCancelBlocked(t, scheduledEventId, answer.untilMs);
      else if (answer.kind === 'unavailable') nexusCancelLater(t, scheduledEventId, answer.failure);
      else nexusCancelAnswered(t, scheduledEventId, 'failure' in answer ? answer.failure : undefined);
    });
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
            lastFailure: isLate ? callerClosed : badToken,
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

  /** Asks the handler behind the endpoint, unless that has failed too often. @returns undefined when nothing is to change */
  async #attempt(run: RunRef, operation: NexusOperation, purpose: 'start' | 'cancel'): Promise<Attempt | undefined> {
    const { breakers, clock } = this.#options;
    const endpoint = operation.attributes.endpoint ?? '';
    const breaker = breakers.of(purpose, run.namespaceId, endpoint);
    const nowMs = clock.now();
    const settle = breaker.admit(nowMs);
    if (!settle) return { kind: 'blocked', untilMs: breaker.retryMs(nowMs) };
    const answer = await this.#request({ run, operation, purpose });
    settle(answer?.kind !== 'unavailable', clock.now());
    return answer;
  }

  async #request(request: HandlerRequest): Promise<NexusAnswer | undefined> {
    const { operation, purpose } = request;
    const { endpoint, service, operation: name } = operation.attributes;
    const queue = this.#queue(endpoint ?? '');
    if (!queue) return { kind: 'failed', failure: noEndpointFailure };
    const { timeoutMs, tooLateFor } = nexusBudget(operation, purpose, this.#options.clock.now());
    if (tooLateFor !== undefined) return tooLate(tooLateFor, purpose);
    // Without a service no request can be made; the operation stays as it is until its time is up.
    if (!service) return undefined;
    return name ? this.#ask(queue, request, timeoutMs) : { kind: 'failed', failure: notFoundFailure };
  }

  async #ask(
    queue: QueueKey,
    { run, operation, purpose }: HandlerRequest,
    timeoutMs: number,
  ): Promise<NexusAnswer | undefined> {
    const { clock, clusterId, matching } = this.#options;
    const options = { nowMs: clock.now(), timeoutMs, clusterId };
    const asked = await matching.ask({
      queue,
      body: {
        kind: 'nexus',
        request: purpose === 'start' ? startRequest(run, operation, options) : cancelRequest(operation, options),
      },
      deadlineMs: Date.now() + timeoutMs,
      signal: this.#stopped.signal,
    });
    if (asked.kind === 'cancelled') return undefined;
    if (asked.kind === 'timedOut') return { kind: 'unavailable', failure: upstreamTimeout };
    return purpose === 'start' ? startAnswer(asked.answer) : cancelAnswer(asked.answer);
  }

  async #commit(run: RunRef, decide: (t: Transition) => void): Promise<void> {
    const engine = this.#options.engine();
    await engine.commit(() => engine.transact(run, decide));
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
