import { enumCodec, type CommonWorkflowOptions, type PayloadTypeInfo, type VersioningIntent } from '@reprise/common';
import type { EventGroupMarker } from './event-group-marker.ts';

/** What happens to a child when its own scope is cancelled. */
export const ChildWorkflowCancellationType = {
  /** Nothing; the child is not told. */
  ABANDON: 'ABANDON',
  /** Ask the child to cancel and report cancellation at once. */
  TRY_CANCEL: 'TRY_CANCEL',
  /** Ask the child to cancel and wait for how it ends. The default. */
  WAIT_CANCELLATION_COMPLETED: 'WAIT_CANCELLATION_COMPLETED',
  /** Ask the child to cancel and wait until it was asked. */
  WAIT_CANCELLATION_REQUESTED: 'WAIT_CANCELLATION_REQUESTED',
} as const;
export type ChildWorkflowCancellationType =
  (typeof ChildWorkflowCancellationType)[keyof typeof ChildWorkflowCancellationType];

const cancellationTypes = enumCodec<ChildWorkflowCancellationType>('ChildWorkflowCancellationType', '', {
  ABANDON: 0,
  TRY_CANCEL: 1,
  WAIT_CANCELLATION_COMPLETED: 2,
  WAIT_CANCELLATION_REQUESTED: 3,
});
/** The number of a ChildWorkflowCancellationType. */
export const encodeChildWorkflowCancellationType = cancellationTypes.encode;
/** The ChildWorkflowCancellationType of a number. */
export const decodeChildWorkflowCancellationType = cancellationTypes.decode;

/** What happens to a child when its parent closes. */
export const ParentClosePolicy = {
  /** It is terminated. The default. */
  TERMINATE: 'TERMINATE',
  /** It goes on. */
  ABANDON: 'ABANDON',
  /** It is asked to cancel. */
  REQUEST_CANCEL: 'REQUEST_CANCEL',
  /** The names of the wire, for older code. */
  PARENT_CLOSE_POLICY_UNSPECIFIED: undefined,
  PARENT_CLOSE_POLICY_TERMINATE: 'TERMINATE',
  PARENT_CLOSE_POLICY_ABANDON: 'ABANDON',
  PARENT_CLOSE_POLICY_REQUEST_CANCEL: 'REQUEST_CANCEL',
} as const;
export type ParentClosePolicy = NonNullable<(typeof ParentClosePolicy)[keyof typeof ParentClosePolicy]>;

const closePolicies = enumCodec<ParentClosePolicy>('ParentClosePolicy', 'PARENT_CLOSE_POLICY_', {
  TERMINATE: 1,
  ABANDON: 2,
  REQUEST_CANCEL: 3,
});
/** The wire number of a ParentClosePolicy. */
export const encodeParentClosePolicy = closePolicies.encode;
/** The ParentClosePolicy of a wire number. */
export const decodeParentClosePolicy = closePolicies.decode;

/** How a child workflow runs. */
export interface ChildWorkflowOptions extends Omit<CommonWorkflowOptions, 'workflowIdConflictPolicy'> {
  /** What is declared of the types of the arguments and of the result, of a child that is named by a string. */
  typeInfo?: PayloadTypeInfo;
  /** Groups that the start of the child belongs to; see `createEventGroup`. */
  eventGroups?: readonly EventGroupMarker[];
  /** Default: a random UUID. */
  workflowId?: string;
  /** Default: the parent's own task queue. */
  taskQueue?: string;
  /** Default `WAIT_CANCELLATION_COMPLETED`. */
  cancellationType?: ChildWorkflowCancellationType;
  /** Default `TERMINATE`. */
  parentClosePolicy?: ParentClosePolicy;
  versioningIntent?: VersioningIntent;
}

/** Child options as interceptors see them. */
export type ChildWorkflowOptionsWithDefaults = ChildWorkflowOptions &
  Required<Pick<ChildWorkflowOptions, 'workflowId' | 'cancellationType'>> & { args: unknown[] };
