import { EventType } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import type { LedgerLine } from '../ledger.ts';

type History = temporal.api.history.v1.History;

/** An activity that the history says is completed, and by which attempt. */
export interface CompletedActivity {
  readonly orderId: string;
  readonly activity: string;
  readonly activityId: string;
  readonly attempt: number;
}

/** The activities that a history records as completed. */
export function completedActivities(orderId: string, history: History): CompletedActivity[] {
  const byId = new Map((history.events ?? []).map((event) => [event.eventId ?? 0, event]));
  return (history.events ?? []).flatMap((event) => {
    if (event.eventType !== EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) return [];
    const { scheduledEventId, startedEventId } = event.activityTaskCompletedEventAttributes ?? {};
    const scheduled = byId.get(scheduledEventId ?? 0)?.activityTaskScheduledEventAttributes;
    const started = byId.get(startedEventId ?? 0)?.activityTaskStartedEventAttributes;
    return [
      {
        orderId,
        activity: scheduled?.activityType?.name ?? '',
        activityId: scheduled?.activityId ?? '',
        attempt: started?.attempt ?? 0,
      },
    ];
  });
}

/**
 * What the ledger says against the histories: attempts that began twice, and attempts of an activity past the one that
 * completed it. Empty when no completed activity ran again.
 */
export function contradictions(completed: readonly CompletedActivity[], ledger: readonly LedgerLine[]): string[] {
  return completed.flatMap(({ orderId, activity, activityId, attempt }) => {
    const name = `${orderId} ${activity}`;
    const lines = ledger.filter((line) => line.orderId === orderId && line.activityId === activityId);
    const began = lines.filter(({ event }) => event === 'began').map((line) => line.attempt);
    const found: string[] = [];
    if (!lines.some((line) => line.event === 'finished' && line.attempt === attempt)) {
      found.push(`${name}: attempt ${String(attempt)} completed it, but the ledger does not know that it finished`);
    }
    if (new Set(began).size !== began.length) found.push(`${name}: an attempt began twice (${began.join(', ')})`);
    if (began.some((one) => one > attempt)) {
      found.push(`${name}: attempt ${String(attempt)} completed it, but attempt ${String(Math.max(...began))} began`);
    }
    return found;
  });
}
