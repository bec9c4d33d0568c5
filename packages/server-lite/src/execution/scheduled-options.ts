import type { ActivityOptions } from './activity-state.ts';
import type { Duration } from './wire.ts';
import type { temporal } from '@reprise/proto';

const zero: Duration = { seconds: 0, nanos: 0 };

/** The options that the event scheduled an activity with. */
export function scheduledOptions(
  attributes: temporal.api.history.v1.ActivityTaskScheduledEventAttributes,
): ActivityOptions {
  return {
    taskQueue: attributes.taskQueue?.name ?? '',
    scheduleToClose: attributes.scheduleToCloseTimeout ?? zero,
    scheduleToStart: attributes.scheduleToStartTimeout ?? zero,
    startToClose: attributes.startToCloseTimeout ?? zero,
    heartbeat: attributes.heartbeatTimeout ?? zero,
    retryPolicy: attributes.retryPolicy ?? {},
    priority: attributes.priority ?? undefined,
  };
}
