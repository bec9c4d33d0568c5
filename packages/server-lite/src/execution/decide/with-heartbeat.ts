import type { Activity } from '../activity-state.ts';
import type { Transition } from '../transition.ts';
import type { Payloads } from '../wire.ts';

/** The activity, once details that came with an answer have been noted. */
export function withHeartbeat(t: Transition, activity: Activity, details: Payloads): Activity {
  const { scheduledEventId } = activity;
  t.note({ kind: 'activityHeartbeat', scheduledEventId, details, timeMs: t.nowMs });
  return t.execution.activities.get(scheduledEventId) ?? activity;
}
