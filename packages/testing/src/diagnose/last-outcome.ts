import type { HistoryEvent } from '@reprise/worker/replay';

import type { RecordedStep } from './finding.ts';
import { recordedSide } from './sides.ts';

/** The last thing, up to an event, that the code was told. Undefined when it had only been started. */
export function lastOutcome(events: readonly HistoryEvent[], upToEventId: number): RecordedStep | undefined {
  for (let index = upToEventId - 1; index > 0; index--) {
    const event = events[index];
    if (event === undefined) continue;
    const side = recordedSide(event);
    if (!side.eventType.startsWith('WorkflowTask')) return side;
  }
  return undefined;
}
