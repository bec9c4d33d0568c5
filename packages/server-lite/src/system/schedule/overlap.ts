/** What becomes of starts that wait while something may still be running. */
import { ScheduleOverlapPolicy } from '@reprise/proto';

export interface BufferedStart {
  readonly nominalMs: number;
  readonly actualMs: number;
  readonly overlapPolicy: number;
  /** Triggered or backfilled: not bound by pausing or by a limit of actions. */
  readonly manual: boolean;
  /** Becomes the start's request id, so that a repeated start is no second one. */
  readonly requestId: string;
}

export interface OverlapDecision {
  /** To start beside whatever runs. */
  readonly overlapping: readonly BufferedStart[];
  /** To start as the one that runs. */
  readonly exclusive: BufferedStart | undefined;
  readonly buffer: readonly BufferedStart[];
  readonly skipped: number;
  readonly cancelRunning: boolean;
  readonly terminateRunning: boolean;
}

export function decideOverlap(
  waiting: readonly BufferedStart[],
  isRunning: boolean,
  defaultPolicy: number,
): OverlapDecision {
  const overlapping: BufferedStart[] = [];
  const buffer: BufferedStart[] = [];
  let exclusive: BufferedStart | undefined;
  let skipped = 0;
  let cancelRunning = false;
  let terminateRunning = false;
  for (const start of waiting) {
    const policy = start.overlapPolicy || defaultPolicy || ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;
    const replaces =
      policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER ||
      policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER;
    if (policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL) overlapping.push(start);
    else if (!isRunning && (!exclusive || replaces)) exclusive = start;
    else if (policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL) buffer.push(start);
    else if (policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE && buffer.length === 0)
      buffer.push(start);
    else if (replaces) {
      buffer.push(start);
      cancelRunning ||= policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER;
      terminateRunning ||= policy === ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER;
    } else skipped++;
  }
  // What would run beside those that are ended now would be ended with them.
  const endsOthers = cancelRunning || terminateRunning;
  return { overlapping: endsOthers ? [] : overlapping, exclusive, buffer, skipped, cancelRunning, terminateRunning };
}
