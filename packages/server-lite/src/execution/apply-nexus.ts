/** What Nexus events do to the state. */
import type { Execution } from './execution.ts';
import type { HistoryEvent } from './wire.ts';
import { timestampMs } from './wire.ts';

export function applyNexusScheduled(execution: Execution, event: HistoryEvent): void {
  const attributes = event.nexusOperationScheduledEventAttributes ?? {};
  const scheduledEventId = event.eventId ?? 0;
  execution.nexusOperations.set(scheduledEventId, {
    scheduledEventId,
    attributes,
    scheduledTimeMs: timestampMs(event.eventTime),
    requestId: attributes.requestId ?? '',
    state: 'scheduled',
    attempt: 0,
    lastAttemptMs: undefined,
    lastFailure: undefined,
    nextAttemptMs: undefined,
    operationToken: '',
    startedTimeMs: undefined,
    cancel: undefined,
  });
}

export function applyNexusStarted(execution: Execution, event: HistoryEvent): void {
  const attributes = event.nexusOperationStartedEventAttributes ?? {};
  const operation = execution.nexusOperations.get(attributes.scheduledEventId ?? 0);
  if (!operation) return;
  execution.nexusOperations.set(operation.scheduledEventId, {
    ...operation,
    state: 'started',
    operationToken: attributes.operationToken ?? attributes.operationId ?? '',
    startedTimeMs: timestampMs(event.eventTime),
    nextAttemptMs: undefined,
    cancel: operation.cancel?.state === 'waiting' ? { ...operation.cancel, state: 'scheduled' } : operation.cancel,
  });
}

export function applyNexusCancelRequested(execution: Execution, event: HistoryEvent): void {
  const attributes = event.nexusOperationCancelRequestedEventAttributes ?? {};
  const operation = execution.nexusOperations.get(attributes.scheduledEventId ?? 0);
  if (!operation) return;
  execution.nexusOperations.set(operation.scheduledEventId, {
    ...operation,
    cancel: {
      requestedEventId: event.eventId ?? 0,
      requestedTimeMs: timestampMs(event.eventTime),
      state: operation.state === 'started' ? 'scheduled' : 'waiting',
      attempt: 0,
      lastAttemptMs: undefined,
      lastFailure: undefined,
      nextAttemptMs: undefined,
    },
  });
}
