/** Makes findings of a replay that did not fit: one for each change that together let the history replay. */

import { unedited } from '../probe/edited-history.ts';
import { explainDifference } from '../probe/explain-difference.ts';
import type { Replay } from '../probe/probe.ts';
import { withoutNumbers } from '../probe/without-numbers.ts';
import { align, rowsAround } from './align.ts';
import type { Case } from './case.ts';
import { type Change, changesOf } from './changes.ts';
import { compareValues } from './compare-values.ts';
import type { Difference } from './difference.ts';
import { describe } from './describe.ts';
import { diagnoseActivityId } from './diagnose-activity-id.ts';
import { diagnoseCaught, noteOfCaught } from './diagnose-caught.ts';
import { diagnoseMissingUpsert } from './diagnose-missing-upsert.ts';
import { diagnoseNumber } from './diagnose-number.ts';
import { wordPattern } from './escaped.ts';
import type { Finding, RecordedStep } from './finding.ts';
import { missingHeaders } from './missing-headers.ts';
import { notWaitedFor } from './not-waited-for.ts';
import { isOwnEdit } from './own-edit.ts';
import { patchCall, placeOfChange } from './place-of-change.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stepText } from './step-text.ts';
import { anchorOf } from './together.ts';
import { recordedStep } from './step.ts';
import { renamedMessage, unheardMessages } from './unheard-messages.ts';

/** Errors, and what else differs where code and recording fit once the errors are allowed for. */
export function diagnoseDifference(difference: Difference, replay: Replay, source: SourceLookup): Finding[] {
  const { workflowType, events, mismatch, waitsAt, handled } = difference;
  const otherId = diagnoseActivityId(difference, source);
  if (otherId !== undefined) return [otherId];
  const number = diagnoseNumber({ mismatch, source });
  const explanation = explainDifference(events, number === undefined ? replay : withoutNumbers(replay), {
    patchIds: source.patchIds,
    mentions: (name) => source.mentions(wordPattern(name)),
  });
  const [front] = difference.now;
  const found: Case = {
    workflowType,
    events,
    mismatch,
    waitsAt,
    handled,
    source,
    explanation,
    recorded: mismatch.recorded === undefined ? undefined : recordedSide(mismatch.recorded.event),
    now: front === undefined ? undefined : currentSide(front, source),
    asked: front,
  };
  const alone = diagnoseMissingUpsert(found) ?? (explanation.edits.length === 0 ? number : undefined);
  if (alone !== undefined) return [alone, ...warnings(found)];
  const changes = changesOf(found);
  const caught = diagnoseCaught(found, changes.length);
  if (caught !== undefined) return [caught, ...warnings(found)];
  const rows = rowsAround(align(explanation, unedited(events).items, source));
  const [first, ...others] = changes.map((change, index) => finding(found, change, index === 0 ? rows : undefined));
  const errors =
    first === undefined
      ? []
      : [
          { ...first, notes: [...first.notes, ...noteOfCaught(found), ...missingHeaders(explanation.result.matches)] },
          ...others,
        ];
  return [...(number === undefined ? [] : [number]), ...errors, ...warnings(found)];
}

/** Up to where the first error is: values that come after it may be others because of it. */
function warnings({ explanation, source, events, recorded }: Case): Finding[] {
  const { history, result, edits } = explanation;
  const end = Math.min(recorded?.eventId ?? Infinity, ...edits.map(anchorOf));
  const defaults = events[0]?.workflowExecutionStartedEventAttributes ?? undefined;
  return result.matches.flatMap(({ event, intent }) => {
    const was = history.items[(event.eventId ?? 0) - 1]?.recorded;
    return was === undefined || (was.eventId ?? 0) >= end ? [] : compareValues(was, intent, { source, defaults });
  });
}

function finding(found: Case, change: Change, rows: Finding['alignment']): Finding {
  const { code, recorded, now, times, isParting, isLater } = change;
  const waited = notWaitedFor(found, change);
  const isStillThere = code === 'R1005' && patchCall(found.source, recorded?.name ?? '') !== undefined;
  const at = placeOfChange(found, change, waited);
  const { title, help, notes } = describe(code, { recorded, now, isParting, isLater, isStillThere, waited });
  return {
    code,
    severity: 'error',
    title,
    ...(recorded === undefined ? {} : { recorded }),
    ...(now === undefined ? {} : { now }),
    ...at,
    ...(isOwnEdit(change, found, at.place) ? { isOwnEdit: true } : {}),
    ...(rows === undefined ? {} : { alignment: rows }),
    notes: [...notes, ...notesOf(found, change)],
    help,
    times,
    message: found.mismatch.message,
    explainsRest: isParting !== true && found.explanation.result.ending.kind === 'fits',
  };
}

function notesOf(found: Case, { code, also = [], instead = [], recorded }: Change): string[] {
  const notes: string[] = [];
  if (also.length > 0) {
    const isGone = code === 'R1005' && patchCall(found.source, recorded?.name ?? '') === undefined;
    const advice = isGone ? ': keep that where deprecatePatch() stands' : '';
    notes.push(`with it ${code === 'R1003' || code === 'R1009' ? 'came' : 'went'} ${also.join(', ')}${advice}`);
  }
  if (instead.length > 0) notes.push(`where it was, the code now has ${instead.join(', ')}`);
  if (code === 'R1008') notes.push(...missedSteps(found, recorded));
  const newName = recorded === undefined ? undefined : renamedMessage(found, recorded);
  if (newName !== undefined)
    notes.push(`the code has a handler for \`${newName}\`, which this history does not have: is that its new name?`);
  const isUnheard = recorded?.kind === 'signaled' || recorded?.kind === 'updateAccepted';
  if (!isUnheard) notes.push(...unheardMessages(found));
  if (found.mismatch.code === 'leftover-command' && found.mismatch.recorded === undefined)
    notes.push('the history ends here: if it was cut off, export it again, whole');
  return notes;
}

const MOST_NAMED = 5;

/** What would not happen any more. */
function missedSteps({ events }: Case, first: RecordedStep | undefined): string[] {
  if (first === undefined) return [];
  const steps = events.slice(first.eventId - 1).flatMap((event) => recordedStep(event) ?? []);
  if (steps.length === 0) return [];
  const named = steps.slice(0, MOST_NAMED).map(stepText).join(', ');
  return [`steps that would never happen: ${named}${steps.length > MOST_NAMED ? ', ...' : ''}`];
}
