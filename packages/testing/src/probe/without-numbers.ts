import type { HistoryEvent } from '@reprise/worker/replay';

import type { Replay } from './probe.ts';

/** For a history in which activities have other numbers than now. Elsewhere their numbers tell one call from another. */
export function withoutNumbers(replay: Replay): Replay {
  return (variation) => replay({ ...variation, events: variation.events.map(withoutActivityNumber) });
}

function withoutActivityNumber(event: HistoryEvent): HistoryEvent {
  const { activityTaskScheduledEventAttributes: scheduled } = event;
  if (!scheduled || !/^\d+$/.test(scheduled.activityId ?? '')) return event;
  return { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityId: '' } };
}
