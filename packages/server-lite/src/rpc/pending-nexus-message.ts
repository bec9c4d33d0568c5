import { NexusOperationCancellationState, PendingNexusOperationState, type temporal } from '@reprise/proto';
import type { NexusCancel, NexusOperation } from '../execution/nexus.ts';
import { toTimestamp } from './wire-time.ts';

const states = {
  scheduled: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_SCHEDULED,
  backingOff: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_BACKING_OFF,
  started: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_STARTED,
} as const;

const cancelStates = {
  waiting: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_UNSPECIFIED,
  scheduled: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_SCHEDULED,
  backingOff: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_BACKING_OFF,
  delivered: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_SUCCEEDED,
  failed: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_FAILED,
} as const;

const cancellationInfo = (cancel: NexusCancel): temporal.api.workflow.v1.NexusOperationCancellationInfo => ({
  requestedTime: toTimestamp(cancel.requestedTimeMs),
  state: cancelStates[cancel.state],
  attempt: cancel.attempt,
  ...(cancel.lastAttemptMs === undefined ? {} : { lastAttemptCompleteTime: toTimestamp(cancel.lastAttemptMs) }),
  ...(cancel.lastFailure ? { lastAttemptFailure: cancel.lastFailure } : {}),
  ...(cancel.nextAttemptMs === undefined ? {} : { nextAttemptScheduleTime: toTimestamp(cancel.nextAttemptMs) }),
});

export function pendingNexusOperation(operation: NexusOperation): temporal.api.workflow.v1.PendingNexusOperationInfo {
  const { attributes } = operation;
  return {
    endpoint: attributes.endpoint ?? '',
    service: attributes.service ?? '',
    operation: attributes.operation ?? '',
    operationId: operation.operationToken,
    operationToken: operation.operationToken,
    ...(attributes.scheduleToCloseTimeout ? { scheduleToCloseTimeout: attributes.scheduleToCloseTimeout } : {}),
    scheduledTime: toTimestamp(operation.scheduledTimeMs),
    state: states[operation.state],
    attempt: operation.attempt,
    ...(operation.lastAttemptMs === undefined ? {} : { lastAttemptCompleteTime: toTimestamp(operation.lastAttemptMs) }),
    ...(operation.lastFailure ? { lastAttemptFailure: operation.lastFailure } : {}),
    ...(operation.nextAttemptMs === undefined ? {} : { nextAttemptScheduleTime: toTimestamp(operation.nextAttemptMs) }),
    ...(operation.cancel ? { cancellationInfo: cancellationInfo(operation.cancel) } : {}),
    scheduledEventId: operation.scheduledEventId,
  };
}
