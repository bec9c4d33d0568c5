import { enumCodec } from '@reprise/common';

/** How a standalone Nexus operation stands. */
export const NexusOperationExecutionStatus = {
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELED: 'CANCELED',
  TERMINATED: 'TERMINATED',
  TIMED_OUT: 'TIMED_OUT',
} as const;
export type NexusOperationExecutionStatus =
  (typeof NexusOperationExecutionStatus)[keyof typeof NexusOperationExecutionStatus];

const statuses = enumCodec<NexusOperationExecutionStatus>(
  'NexusOperationExecutionStatus',
  'NEXUS_OPERATION_EXECUTION_STATUS_',
  {
    RUNNING: 1,
    COMPLETED: 2,
    FAILED: 3,
    CANCELED: 4,
    TERMINATED: 5,
    TIMED_OUT: 6,
  },
);
/** The number of a NexusOperationExecutionStatus. */
export const encodeNexusOperationExecutionStatus = statuses.encode;
/** The NexusOperationExecutionStatus of a number. */
export const decodeNexusOperationExecutionStatus = statuses.decode;

/** What a running operation is doing. */
export const PendingNexusOperationState = {
  SCHEDULED: 'SCHEDULED',
  BACKING_OFF: 'BACKING_OFF',
  STARTED: 'STARTED',
  BLOCKED: 'BLOCKED',
} as const;
export type PendingNexusOperationState = (typeof PendingNexusOperationState)[keyof typeof PendingNexusOperationState];

const pendingStates = enumCodec<PendingNexusOperationState>(
  'PendingNexusOperationState',
  'PENDING_NEXUS_OPERATION_STATE_',
  {
    SCHEDULED: 1,
    BACKING_OFF: 2,
    STARTED: 3,
    BLOCKED: 4,
  },
);
/** The number of a PendingNexusOperationState. */
export const encodePendingNexusOperationState = pendingStates.encode;
/** The PendingNexusOperationState of a number. */
export const decodePendingNexusOperationState = pendingStates.decode;

/** How the cancellation of an operation stands. */
export const NexusOperationCancellationState = {
  SCHEDULED: 'SCHEDULED',
  BACKING_OFF: 'BACKING_OFF',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  TIMED_OUT: 'TIMED_OUT',
  BLOCKED: 'BLOCKED',
} as const;
export type NexusOperationCancellationState =
  (typeof NexusOperationCancellationState)[keyof typeof NexusOperationCancellationState];

const cancellationStates = enumCodec<NexusOperationCancellationState>(
  'NexusOperationCancellationState',
  'NEXUS_OPERATION_CANCELLATION_STATE_',
  {
    SCHEDULED: 1,
    BACKING_OFF: 2,
    SUCCEEDED: 3,
    FAILED: 4,
    TIMED_OUT: 5,
    BLOCKED: 6,
  },
);
/** The number of a NexusOperationCancellationState. */
export const encodeNexusOperationCancellationState = cancellationStates.encode;
/** The NexusOperationCancellationState of a number. */
export const decodeNexusOperationCancellationState = cancellationStates.decode;

/** What happens when the id of an operation belongs to one that runs. */
export const NexusOperationIdConflictPolicy = { FAIL: 'FAIL', USE_EXISTING: 'USE_EXISTING' } as const;
export type NexusOperationIdConflictPolicy =
  (typeof NexusOperationIdConflictPolicy)[keyof typeof NexusOperationIdConflictPolicy];

const conflictPolicies = enumCodec<NexusOperationIdConflictPolicy>(
  'NexusOperationIdConflictPolicy',
  'NEXUS_OPERATION_ID_CONFLICT_POLICY_',
  {
    FAIL: 1,
    USE_EXISTING: 2,
  },
);
/** The number of a NexusOperationIdConflictPolicy. */
export const encodeNexusOperationIdConflictPolicy = conflictPolicies.encode;
/** The NexusOperationIdConflictPolicy of a number. */
export const decodeNexusOperationIdConflictPolicy = conflictPolicies.decode;

/** What happens when the id of an operation was used before by one that is closed. */
export const NexusOperationIdReusePolicy = {
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
} as const;
export type NexusOperationIdReusePolicy =
  (typeof NexusOperationIdReusePolicy)[keyof typeof NexusOperationIdReusePolicy];

const reusePolicies = enumCodec<NexusOperationIdReusePolicy>(
  'NexusOperationIdReusePolicy',
  'NEXUS_OPERATION_ID_REUSE_POLICY_',
  {
    ALLOW_DUPLICATE: 1,
    ALLOW_DUPLICATE_FAILED_ONLY: 2,
    REJECT_DUPLICATE: 3,
  },
);
/** The number of a NexusOperationIdReusePolicy. */
export const encodeNexusOperationIdReusePolicy = reusePolicies.encode;
/** The NexusOperationIdReusePolicy of a number. */
export const decodeNexusOperationIdReusePolicy = reusePolicies.decode;
