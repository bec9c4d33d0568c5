import type { Duration } from './duration.ts';
import type { Priority } from './priority.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { VersioningIntent } from './versioning.ts';
import { enumCodec } from './enum-codec.ts';

/** What happens to an activity when its scope is cancelled. */
export const ActivityCancellationType = {
  /** Ask the activity to cancel and report cancellation at once. The default. */
  TRY_CANCEL: 'TRY_CANCEL',
  /** Ask the activity to cancel and wait for how it ends. */
  WAIT_CANCELLATION_COMPLETED: 'WAIT_CANCELLATION_COMPLETED',
  /** Report cancellation at once and let the activity run on. */
  ABANDON: 'ABANDON',
} as const;
export type ActivityCancellationType = (typeof ActivityCancellationType)[keyof typeof ActivityCancellationType];

const cancellationTypes = enumCodec<ActivityCancellationType>(
  'ActivityCancellationType',
  'ACTIVITY_CANCELLATION_TYPE_',
  {
    TRY_CANCEL: 0,
    WAIT_CANCELLATION_COMPLETED: 1,
    ABANDON: 2,
  },
);
/** The number of an ActivityCancellationType. */
export const encodeActivityCancellationType = cancellationTypes.encode;
/** The ActivityCancellationType of a number. */
export const decodeActivityCancellationType = cancellationTypes.decode;

/** How an activity runs. One of `startToCloseTimeout` and `scheduleToCloseTimeout` is required. */
export interface ActivityOptions {
  /** Names the activity within the workflow. Default: its number. */
  activityId?: string;
  /** Where it runs. Default: the workflow's own task queue. */
  taskQueue?: string;
  /** How it is tried again. Default: without end, from 1 second, doubling, at most 100 seconds. */
  retry?: RetryPolicy;
  /** The longest one attempt may take. */
  startToCloseTimeout?: Duration;
  /** The longest it may wait for a worker. Default: no limit. */
  scheduleToStartTimeout?: Duration;
  /** The longest it may take over all attempts. */
  scheduleToCloseTimeout?: Duration;
  /** The longest time between two heartbeats. Default: no limit. */
  heartbeatTimeout?: Duration;
  /** Default `TRY_CANCEL`. */
  cancellationType?: ActivityCancellationType;
  /** Lets the server hand the activity to the same worker together with the task's completion. Default true. */
  allowEagerDispatch?: boolean;
  versioningIntent?: VersioningIntent;
  /** One line for people; Markdown. */
  summary?: string;
  priority?: Priority;
}

/** How a local activity runs: in the worker that runs the workflow, without a task queue. */
export interface LocalActivityOptions {
  startToCloseTimeout?: Duration;
  scheduleToStartTimeout?: Duration;
  scheduleToCloseTimeout?: Duration;
  retry?: RetryPolicy;
  /** Waits between attempts that are longer than this become timers of the workflow. Default 1 minute. */
  localRetryThreshold?: Duration;
  cancellationType?: ActivityCancellationType;
  summary?: string;
}
