import { NexusOperationCancellationState, PendingNexusOperationState, type temporal } from '@reprise/proto';
import type { NexusCancel, NexusOperation } from '../../execution/nexus.ts';
import { toTimestamp } from '../wire-time.ts';

const states = {
  scheduled: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_SCHEDULED,
  backingOff: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_BACKING_OFF,
  blocked: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_SCHEDULED,
  started: PendingNexusOperationState.PENDING_NEXUS_OPERATION_STATE_STARTED,
} as const;

const cancelStates = {
  waiting: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_UNSPECIFIED,
  scheduled: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_SCHEDULED,
  backingOff: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_BACKING_OFF,
  blocked: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_SCHEDULED,
  delivered: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_SUCCEEDED,
  failed: NexusOperationCancellationState.NEXUS_OPERATION_CANCELLATION_STATE_FAILED,
} as const;

/** Says which of an operation's requests its endpoint would not get now. */
export interface NexusBlocks {
  readonly start: boolean;
  readonly cancel: boolean;
}

const blockedReason = 'The circuit breaker is open.';

function attempts({ attempt, lastAttemptMs, lastFailure, nextAttemptMs, state }: NexusOperation | NexusCancel) {
  return {
    attempt,
    ...(lastAttemptMs === undefined ? {} : { lastAttemptCompleteTime: toTimestamp(lastAttemptMs) }),
    ...(lastFailure ? { lastAttemptFailure: lastFailure } : {}),
    ...(nextAttemptMs === undefined || state === 'blocked'
      ? {}
      : { nextAttemptScheduleTime: toTimestamp(nextAttemptMs) }),
  };
}

function cancellationInfo(
  cancel: NexusCancel,
  isBlocked: boolean,
): temporal.api.workflow.v1.NexusOperationCancellationInfo {
  const {
    NEXUS_OPERATION_CANCELLATION_STATE_SCHEDULED: scheduled,
    NEXUS_OPERATION_CANCELLATION_STATE_BLOCKED: blocked,
  } = NexusOperationCancellationState;
  const state = cancelStates[cancel.state];
  return {
    requestedTime: toTimestamp(cancel.requestedTimeMs),
    ...attempts(cancel),
    ...(isBlocked && state === scheduled ? { state: blocked, blockedReason } : { state }),
  };
}

function timeoutsOf({
  scheduleToCloseTimeout,
  scheduleToStartTimeout,
  startToCloseTimeout,
}: NexusOperation['attributes']): temporal.api.workflow.v1.PendingNexusOperationInfo {
  return {
    ...(scheduleToCloseTimeout ? { scheduleToCloseTimeout } : {}),
    ...(scheduleToStartTimeout ? { scheduleToStartTimeout } : {}),
    ...(startToCloseTimeout ? { startToCloseTimeout } : {}),
  };
}

export function pendingNexusOperation(
  operation: NexusOperation,
  blocks: NexusBlocks,
): temporal.api.workflow.v1.PendingNexusOperationInfo {
  const { PENDING_NEXUS_OPERATION_STATE_SCHEDULED: scheduled, PENDING_NEXUS_OPERATION_STATE_BLOCKED: blocked } =
    PendingNexusOperationState;
  const { attributes } = operation;
  const state = states[operation.state];
  return {
    endpoint: attributes.endpoint ?? '',
    service: attributes.service ?? '',
    operation: attributes.operation ?? '',
    operationId: operation.operationToken,
    operationToken: operation.operationToken,
    ...timeoutsOf(attributes),
    scheduledTime: toTimestamp(operation.scheduledTimeMs),
    ...attempts(operation),
    ...(blocks.start && state === scheduled ? { state: blocked, blockedReason } : { state }),
    ...(operation.cancel ? { cancellationInfo: cancellationInfo(operation.cancel, blocks.cancel) } : {}),
    scheduledEventId: operation.scheduledEventId,
  };
}
