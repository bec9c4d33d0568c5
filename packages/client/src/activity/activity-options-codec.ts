/** Changes to the options of activities: to the wire with a mask of what changes, and back. */
import {
  compilePriority,
  compileRetryPolicy,
  decodePriority,
  decompileRetryPolicy,
  msOptionalToTs,
  optionalTsToMs,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { ActivityOptionsUpdate, ActivityOptionsUpdateResult } from './activity-options.ts';

type Wire = temporal.api.activity.v1.ActivityOptions;

const durations = [
  'startToCloseTimeout',
  'scheduleToCloseTimeout',
  'scheduleToStartTimeout',
  'heartbeatTimeout',
  'startDelay',
] as const satisfies (keyof ActivityOptionsUpdate)[];

/** What is null is named in the mask and has no value: the server takes it back. */
export function encodeOptionsUpdate(update: ActivityOptionsUpdate): {
  activityOptions: Wire;
  updateMask: { paths: string[] };
} {
  const { taskQueue, retry, priority } = update;
  const activityOptions: Wire = {
    ...(taskQueue !== undefined && { taskQueue: { name: taskQueue } }),
    ...(retry !== undefined && { retryPolicy: retry && compileRetryPolicy(retry) }),
    ...(priority !== undefined && { priority: priority && compilePriority(priority) }),
  };
  for (const name of durations) {
    const value = update[name];
    if (value !== undefined) activityOptions[name] = value === null ? null : msOptionalToTs(value);
  }
  const paths = Object.keys(activityOptions).map((name) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  return { activityOptions, updateMask: { paths } };
}

/** The options after a change. */
export function decodeOptions(options: Wire | null | undefined): ActivityOptionsUpdateResult {
  const retry = decompileRetryPolicy(options?.retryPolicy);
  const decoded: ActivityOptionsUpdateResult = {
    ...(options?.taskQueue?.name && { taskQueue: options.taskQueue.name }),
    ...(retry && { retry }),
    ...(options?.priority && { priority: decodePriority(options.priority) }),
  };
  for (const name of durations) {
    const ms = optionalTsToMs(options?.[name]);
    if (ms !== undefined) decoded[name] = ms;
  }
  return decoded;
}
