import type { HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { Difference } from './difference.ts';
import type { Finding } from './finding.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stepText } from './step-text.ts';

/**
 * An activity that is the same but for its id, on either side one that is not the number of the activity: then the id is
 * what changed, and not the order.
 */
export function diagnoseActivityId({ mismatch, now }: Difference, source: SourceLookup): Finding | undefined {
  const event = mismatch.recorded?.event;
  const scheduled = event?.activityTaskScheduledEventAttributes;
  const [asked] = now;
  if (event === undefined || !scheduled || asked?.kind !== 'scheduleActivity') return undefined;
  const was = scheduled.activityId ?? '';
  const is = asked.activityId;
  if (was === is || scheduled.activityType?.name !== asked.activityType) return undefined;
  if (!isOwnId(asked) && !isForeignId(was, event)) return undefined;
  const side = currentSide(asked, source);
  return {
    code: 'R1017',
    severity: 'error',
    title: `${stepText(side)} now has the activity id '${is}', recorded was '${was}'`,
    recorded: { ...recordedSide(event), id: was },
    now: { ...side, id: is },
    ...(side.place === undefined ? {} : { place: side.place }),
    notes: event.eventId === Number(was) ? ['SDKs of other languages number activities by the events'] : [],
    help: [`give the activity the id that is recorded, by its option activityId`],
    times: 1,
    message: mismatch.message,
    explainsRest: false,
  };
}

function isOwnId({ seq, activityId }: Intent & { kind: 'scheduleActivity' }): boolean {
  return activityId !== String(seq);
}

/** Activities without an id of their own are numbered, from fewer than there are events before them. */
function isForeignId(id: string, { eventId }: HistoryEvent): boolean {
  return !/^\d+$/.test(id) || id === String(eventId);
}
