/** What the handler of a Nexus operation has answered, or that nobody did. */
import type { temporal, TimeoutType } from '@reprise/proto';
import { isRunning } from '../execution.ts';
import { nexusFailureInfo, type NexusOperation } from '../nexus.ts';
import type { Transition } from '../transition.ts';
import type { Failure, Link, Payload } from '../wire.ts';
import { nexusTimedOut } from './nexus-due.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

const firstRetryMs = 1000;
const longestRetryMs = 60 * 60_000;
const retryJitter = 0.2;

export type NexusAnswer =
  | { readonly kind: 'completed'; readonly result: Payload | undefined; readonly links: readonly Link[] }
  | { readonly kind: 'started'; readonly operationToken: string; readonly links: readonly Link[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'canceled'; readonly failure: Failure }
  /** Not enough time was left to ask a handler. */
  | { readonly kind: 'timedOut'; readonly timeoutType: TimeoutType }
  /** Worth another try. */
  | { readonly kind: 'unavailable'; readonly failure: Failure };

type FailedAttributes = temporal.api.history.v1.NexusOperationFailedEventAttributes;

const wrapped = (operation: NexusOperation, cause: Failure): Failure => ({
  message: 'nexus operation completed unsuccessfully',
  nexusOperationExecutionFailureInfo: nexusFailureInfo(operation),
  cause,
});

/** An answer that comes too late, or again, changes nothing. */
export function nexusAnswered(t: Transition, scheduledEventId: number, answer: NexusAnswer): void {
  const operation = t.execution.nexusOperations.get(scheduledEventId);
  if (!operation || !isRunning(t.execution)) return;
  const shared = { scheduledEventId, requestId: operation.requestId };
  switch (answer.kind) {
    case 'unavailable':
      tryLater(t, operation, answer.failure);
      return;
    case 'started':
      if (operation.state === 'started') return;
      t.record(
        'nexusStarted',
        { ...shared, operationToken: answer.operationToken, operationId: answer.operationToken },
        { links: answer.links },
      );
      t.note({
        kind: 'nexusChanged',
        scheduledEventId,
        change: { attempt: operation.attempt + 1, lastAttemptMs: t.nowMs, lastFailure: undefined },
      });
      break;
    case 'completed':
      t.record('nexusCompleted', answer.result ? { ...shared, result: answer.result } : shared, {
        links: answer.links,
      });
      break;
    case 'failed':
      t.record('nexusFailed', { ...shared, failure: wrapped(operation, answer.failure) } satisfies FailedAttributes);
      break;
    case 'timedOut':
      nexusTimedOut(t, operation, answer.timeoutType);
      break;
    case 'canceled':
      t.record('nexusCanceled', { ...shared, failure: wrapped(operation, answer.failure) });
      break;
  }
  scheduleWorkflowTask(t);
}

/** The result of an operation may come before the handler has said that it started. */
export function nexusStartedBy(t: Transition, scheduledEventId: number, handler: Link): void {
  const operation = t.execution.nexusOperations.get(scheduledEventId);
  if (!operation || operation.state === 'started') return;
  const { requestId } = operation;
  t.record('nexusStarted', { scheduledEventId, requestId, operationToken: '', operationId: '' }, { links: [handler] });
}

function tryLater(t: Transition, operation: NexusOperation, failure: Failure): void {
  const attempt = operation.attempt + 1;
  const base = Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryMs);
  const waitMs = Math.round(base * (1 - retryJitter + 2 * retryJitter * t.around.random()));
  const change = {
    state: 'backingOff',
    attempt,
    lastAttemptMs: t.nowMs,
    lastFailure: failure,
    nextAttemptMs: t.nowMs + waitMs,
  } as const;
  t.note({ kind: 'nexusChanged', scheduledEventId: operation.scheduledEventId, change });
}

/** The handler has answered the request to cancel, or refused it for good. */
export function nexusCancelAnswered(t: Transition, scheduledEventId: number, failure: Failure | undefined): void {
  const operation = t.execution.nexusOperations.get(scheduledEventId);
  const cancel = operation?.cancel;
  if (!operation || !cancel || cancel.state === 'delivered' || !isRunning(t.execution)) return;
  t.note({
    kind: 'nexusCancelChanged',
    scheduledEventId,
    change: {
      state: failure ? 'failed' : 'delivered',
      attempt: cancel.attempt + 1,
      lastAttemptMs: t.nowMs,
      lastFailure: failure,
    },
  });
  const shared = { requestedEventId: cancel.requestedEventId, scheduledEventId };
  if (failure) t.record('nexusCancelRequestFailed', { ...shared, failure }, { workerMayIgnore: true });
  else t.record('nexusCancelRequestCompleted', shared, { workerMayIgnore: true });
  scheduleWorkflowTask(t);
}

export function nexusCancelLater(t: Transition, scheduledEventId: number, failure: Failure): void {
  const cancel = t.execution.nexusOperations.get(scheduledEventId)?.cancel;
  if (!cancel || !isRunning(t.execution)) return;
  const attempt = cancel.attempt + 1;
  const waitMs = Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryMs);
  const change = {
    state: 'backingOff',
    attempt,
    lastAttemptMs: t.nowMs,
    lastFailure: failure,
    nextAttemptMs: t.nowMs + waitMs,
  } as const;
  t.note({ kind: 'nexusCancelChanged', scheduledEventId, change });
}

/** The endpoint has failed too often: the attempt that is due is put off, and does not count. */
export function nexusBlocked(t: Transition, scheduledEventId: number, nextAttemptMs: number): void {
  const operation = t.execution.nexusOperations.get(scheduledEventId);
  if (operation?.state !== 'scheduled' || !isRunning(t.execution)) return;
  t.note({ kind: 'nexusChanged', scheduledEventId, change: { state: 'blocked', nextAttemptMs } });
}

export function nexusCancelBlocked(t: Transition, scheduledEventId: number, nextAttemptMs: number): void {
  const cancel = t.execution.nexusOperations.get(scheduledEventId)?.cancel;
  if (cancel?.state !== 'scheduled' || !isRunning(t.execution)) return;
  t.note({ kind: 'nexusCancelChanged', scheduledEventId, change: { state: 'blocked', nextAttemptMs } });
}

const waits = (state: string): boolean => state === 'backingOff' || state === 'blocked';

/** Attempts whose time has come are made again. */
export function retryNexusOperations(t: Transition): void {
  const { run } = t.execution;
  for (const { scheduledEventId, state, nextAttemptMs, cancel } of [...t.execution.nexusOperations.values()]) {
    if (waits(state) && nextAttemptMs !== undefined && nextAttemptMs <= t.nowMs) {
      t.note({ kind: 'nexusChanged', scheduledEventId, change: { state: 'scheduled', nextAttemptMs: undefined } });
      t.effects.push({ kind: 'startNexusOperation', run, scheduledEventId });
    }
    if (cancel && waits(cancel.state) && cancel.nextAttemptMs !== undefined && cancel.nextAttemptMs <= t.nowMs) {
      t.note({
        kind: 'nexusCancelChanged',
        scheduledEventId,
        change: { state: 'scheduled', nextAttemptMs: undefined },
      });
      t.effects.push({ kind: 'cancelNexusOperation', run, scheduledEventId });
    }
  }
}
