/**
 * A workflow update.
 *
 *   admitted -> sent -> accepted -> completed
 *
 * Admitted and sent are unrecorded; a rejected update is gone, as if it had never been.
 */
import type { Execution } from './execution.ts';
import type { HistoryEvent } from './wire.ts';

export function applyUpdateAdmitted(execution: Execution, event: HistoryEvent): void {
  const request = event.workflowExecutionUpdateAdmittedEventAttributes?.request ?? undefined;
  const updateId = request?.meta?.updateId ?? '';
  if (!execution.updates.has(updateId)) execution.updateCount++;
  execution.updates.set(updateId, {
    updateId,
    state: 'admitted',
    request,
    admittedEventId: event.eventId ?? 0,
    acceptedEventId: 0,
    completedEventId: 0,
    outcome: undefined,
  });
}

export function applyUpdateAccepted(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowExecutionUpdateAcceptedEventAttributes ?? {};
  const updateId = attributes.protocolInstanceId ?? '';
  const before = execution.updates.get(updateId);
  if (!before) execution.updateCount++;
  execution.updates.set(updateId, {
    updateId,
    state: 'accepted',
    request: attributes.acceptedRequest ?? before?.request,
    admittedEventId: before?.admittedEventId ?? 0,
    acceptedEventId: event.eventId ?? 0,
    completedEventId: 0,
    outcome: undefined,
  });
}

export function applyUpdateCompleted(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowExecutionUpdateCompletedEventAttributes ?? {};
  const updateId = attributes.meta?.updateId ?? '';
  const before = execution.updates.get(updateId);
  execution.updates.set(updateId, {
    updateId,
    state: 'completed',
    request: before?.request,
    admittedEventId: before?.admittedEventId ?? 0,
    acceptedEventId: attributes.acceptedEventId ?? 0,
    completedEventId: event.eventId ?? 0,
    outcome: attributes.outcome ?? undefined,
  });
}
