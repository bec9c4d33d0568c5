import { PendingNexusOperationState, type temporal } from '@reprise/proto';
import type { NexusOperation } from '../execution/nexus.ts';
import { toTimestamp } from './wire-time.ts';

const states = {
  scheduled: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_SCHEDULED,
  backingOff: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_BACKING_OFF,
  started: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_STARTED,
} as const;

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
    scheduledEventId: operation.scheduledEventId,
  };
}
