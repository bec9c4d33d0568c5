/** An activity's timeouts, checked and filled in as the service does. */
import type { temporal } from '@reprise/proto';
import type { Duration } from '../../wire.ts';
import { bounded, durationProblem } from '../../bounded-duration.ts';
import { duration, durationMs } from '../../wire.ts';

type Attributes = temporal.api.command.v1.ScheduleActivityTaskCommandAttributes;

export interface ActivityTimeouts {
  readonly scheduleToCloseTimeout: Duration;
  readonly scheduleToStartTimeout: Duration;
  readonly startToCloseTimeout: Duration;
  readonly heartbeatTimeout: Duration;
}

/** What is wrong, or undefined. */
export function timeoutProblem(attributes: Attributes): string | undefined {
  const { activityId, activityType } = attributes;
  const named = `ActivityId=${activityId} ActivityType=${activityType?.name}`;
  const fields = [
    ['ScheduleToCloseTimeout', attributes.scheduleToCloseTimeout],
    ['ScheduleToStartTimeout', attributes.scheduleToStartTimeout],
    ['StartToCloseTimeout', attributes.startToCloseTimeout],
    ['HeartbeatTimeout', attributes.heartbeatTimeout],
  ] as const;
  for (const [name, value] of fields) {
    const problem = durationProblem(value);
    if (problem !== undefined) return `invalid ${name}: ${problem}`;
  }
  if (durationMs(attributes.scheduleToCloseTimeout) > 0 || durationMs(attributes.startToCloseTimeout) > 0)
    return undefined;
  return `a valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. ${named}`;
}

/** @param runTimeoutMs 0 when the run has none */
export function completedTimeouts(attributes: Attributes, runTimeoutMs: number): ActivityTimeouts {
  const given = durationMs(bounded(attributes.scheduleToCloseTimeout));
  const startGiven = durationMs(bounded(attributes.scheduleToStartTimeout));
  const closeGiven = durationMs(bounded(attributes.startToCloseTimeout));
  const least = (value: number, bound: number): number => (value > 0 ? Math.min(value, bound) : bound);
  const whole = given > 0 ? given : runTimeoutMs;
  const toStart = given > 0 ? least(startGiven, given) : startGiven || runTimeoutMs;
  const toClose = given > 0 ? least(closeGiven, given) : closeGiven;
  const capped = (value: number): number => (runTimeoutMs > 0 ? Math.min(value, runTimeoutMs) : value);
  const heartbeat = durationMs(bounded(attributes.heartbeatTimeout));
  return {
    scheduleToCloseTimeout: duration(capped(whole)),
    scheduleToStartTimeout: duration(capped(toStart)),
    startToCloseTimeout: duration(capped(toClose)),
    heartbeatTimeout: duration(Math.min(heartbeat, capped(toClose) || heartbeat)),
  };
}
