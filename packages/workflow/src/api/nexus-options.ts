/** What happens to a Nexus operation when its scope is cancelled. */
export const NexusOperationCancellationType = {
  /** Report cancellation at once and do not tell the operation. */
  ABANDON: 'ABANDON',
  /** Tell the operation and report cancellation at once. */
  TRY_CANCEL: 'TRY_CANCEL',
  /** Tell the operation and wait until it heard. */
  WAIT_CANCELLATION_REQUESTED: 'WAIT_CANCELLATION_REQUESTED',
  /** Tell the operation and wait for how it ends. The default. */
  WAIT_CANCELLATION_COMPLETED: 'WAIT_CANCELLATION_COMPLETED',
} as const;
export type NexusOperationCancellationType =
  (typeof NexusOperationCancellationType)[keyof typeof NexusOperationCancellationType];
