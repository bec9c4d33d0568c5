import { enumCodec } from '@reprise/common';

/** What happens when an action is due while the one before still runs. */
export const ScheduleOverlapPolicy = {
  /** It is left out. The default. */
  SKIP: 'SKIP',
  /** It starts when the one before ends; of several, one waits. */
  BUFFER_ONE: 'BUFFER_ONE',
  /** It starts when those before have ended; any number waits. */
  BUFFER_ALL: 'BUFFER_ALL',
  /** The one before is asked to cancel, and then it starts. */
  CANCEL_OTHER: 'CANCEL_OTHER',
  /** The one before is terminated, and it starts. */
  TERMINATE_OTHER: 'TERMINATE_OTHER',
  /** It starts, and both run. */
  ALLOW_ALL: 'ALLOW_ALL',
  /** @deprecated Leave the policy away. */
  UNSPECIFIED: undefined,
} as const;
export type ScheduleOverlapPolicy = NonNullable<(typeof ScheduleOverlapPolicy)[keyof typeof ScheduleOverlapPolicy]>;

const policies = enumCodec<ScheduleOverlapPolicy>('ScheduleOverlapPolicy', 'SCHEDULE_OVERLAP_POLICY_', {
  SKIP: 1,
  BUFFER_ONE: 2,
  BUFFER_ALL: 3,
  CANCEL_OTHER: 4,
  TERMINATE_OTHER: 5,
  ALLOW_ALL: 6,
});
/** The number of a ScheduleOverlapPolicy. */
export const encodeScheduleOverlapPolicy = policies.encode;
/** The ScheduleOverlapPolicy of a number. */
export const decodeScheduleOverlapPolicy = policies.decode;
