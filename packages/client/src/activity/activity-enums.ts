import { enumCodec } from '@reprise/common';

/** What happens when the id of an activity was used before by one that is closed. */
export const ActivityIdReusePolicy = {
  /** It is started. The default. */
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  /** It is started when the one before did not complete. */
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  /** It is refused. */
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
} as const;
export type ActivityIdReusePolicy = (typeof ActivityIdReusePolicy)[keyof typeof ActivityIdReusePolicy];

const reusePolicies = enumCodec<ActivityIdReusePolicy>('ActivityIdReusePolicy', 'ACTIVITY_ID_REUSE_POLICY_', {
  ALLOW_DUPLICATE: 1,
  ALLOW_DUPLICATE_FAILED_ONLY: 2,
  REJECT_DUPLICATE: 3,
});
/** The number of an ActivityIdReusePolicy. */
export const encodeActivityIdReusePolicy = reusePolicies.encode;
/** The ActivityIdReusePolicy of a number. */
export const decodeActivityIdReusePolicy = reusePolicies.decode;

/** What happens when the id of an activity belongs to one that runs. */
export const ActivityIdConflictPolicy = {
  /** The start is refused. The default. */
  FAIL: 'FAIL',
  /** The one that runs is used. */
  USE_EXISTING: 'USE_EXISTING',
} as const;
export type ActivityIdConflictPolicy = (typeof ActivityIdConflictPolicy)[keyof typeof ActivityIdConflictPolicy];

const conflictPolicies = enumCodec<ActivityIdConflictPolicy>(
  'ActivityIdConflictPolicy',
  'ACTIVITY_ID_CONFLICT_POLICY_',
  {
    FAIL: 1,
    USE_EXISTING: 2,
  },
);
/** The number of an ActivityIdConflictPolicy. */
export const encodeActivityIdConflictPolicy = conflictPolicies.encode;
/** The ActivityIdConflictPolicy of a number. */
export const decodeActivityIdConflictPolicy = conflictPolicies.decode;

/** How a standalone activity stands. */
export const ActivityExecutionStatus = {
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELED: 'CANCELED',
  TERMINATED: 'TERMINATED',
  TIMED_OUT: 'TIMED_OUT',
  PAUSED: 'PAUSED',
} as const;
export type ActivityExecutionStatus = (typeof ActivityExecutionStatus)[keyof typeof ActivityExecutionStatus];

const statuses = enumCodec<ActivityExecutionStatus>('ActivityExecutionStatus', 'ACTIVITY_EXECUTION_STATUS_', {
  RUNNING: 1,
  COMPLETED: 2,
  FAILED: 3,
  CANCELED: 4,
  TERMINATED: 5,
  TIMED_OUT: 6,
  PAUSED: 7,
});
/** The number of an ActivityExecutionStatus. */
export const encodeActivityExecutionStatus = statuses.encode;
/** The ActivityExecutionStatus of a number. */
export const decodeActivityExecutionStatus = statuses.decode;

/** What a running activity is doing. */
export const PendingActivityState = {
  SCHEDULED: 'SCHEDULED',
  STARTED: 'STARTED',
  CANCEL_REQUESTED: 'CANCEL_REQUESTED',
  PAUSED: 'PAUSED',
  PAUSE_REQUESTED: 'PAUSE_REQUESTED',
} as const;
export type PendingActivityState = (typeof PendingActivityState)[keyof typeof PendingActivityState];

const pendingStates = enumCodec<PendingActivityState>('PendingActivityState', 'PENDING_ACTIVITY_STATE_', {
  SCHEDULED: 1,
  STARTED: 2,
  CANCEL_REQUESTED: 3,
  PAUSED: 4,
  PAUSE_REQUESTED: 5,
});
/** The number of a PendingActivityState. */
export const encodePendingActivityState = pendingStates.encode;
/** The PendingActivityState of a number. */
export const decodePendingActivityState = pendingStates.decode;
