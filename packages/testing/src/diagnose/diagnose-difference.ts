/** Makes findings of a replay that did not fit: one for each change that together let the history replay. */

import { unedited } from '../probe/edited-history.ts';
import { explainDifference } from '../probe/explain-difference.ts';
import type { Replay } from '../probe/probe.ts';
import { withoutNumbers } from '../probe/without-numbers.ts';
import { align, rowsAround } from './align.ts';
import type { Case } from './case.ts';
import { type Change, changesOf } from './changes.ts';
import { compareValues } from './compare-values.ts';
import { decidingPlace } from './deciding-place.ts';
import type { Difference } from './difference.ts';
import { describe } from './describe.ts';
import { diagnoseActivityId } from './diagnose-activity-id.ts';
import { diagnoseCaught, noteOfCaught } from './diagnose-caught.ts';
import { diagnoseMissingUpsert } from './diagnose-missing-upsert.ts';
import { diagnoseNumber } from './diagnose-number.ts';
import { wordPattern } from './escaped.ts';
import type { Finding, RecordedStep, SourcePlace } from './finding.ts';
import { missingHeaders } from './missing-headers.ts';
import { likelyReturn } from './likely-return.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stepText } from './step-text.ts';
import { anchorOf } from './together.ts';
import { nowStep, recordedStep } from './step.ts';
import { unheardMessages } from './unheard-messages.ts';

/** Errors, and what else differs where code and recording fit once the errors are allowed for. */
export function diagnoseDifference(difference: Difference, replay: Replay, source: SourceLookup): Finding[] {
  const { workflowType, events, mismatch, waitsAt } = difference;
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
    source,
    explanation,
    recorded: mismatch.recorded === undefined ? undefined : recordedSide(mismatch.recorded.event),
    now: front === undefined ? undefined : currentSide(front, source),
    asked: front,
  };
  const rows = rowsAround(align(explanation, unedited(events).items, source));
  const changes = changesOf(found);
  if (number !== undefined && explanation.edits.length === 0) return [number, ...warnings(found)];
  const upsert = diagnoseMissingUpsert(found);
  if (upsert !== undefined) return [upsert, ...warnings(found)];
  const caught = diagnoseCaught(found, changes.length);
  if (caught !== undefined) return [caught, ...warnings(found)];
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

function placeWithoutNow(found: Case, { code, recorded, now }: Change): SourcePlace | undefined {
  if (code === 'R1006') return found.source.textPlace(`'${now?.name}'`) ?? found.source.textPlace(`"${now?.name}"`);
  const isFailure = now?.kind === 'fail' || now?.kind === 'cancel';
  const isReturn = now?.kind === 'complete' || ((code === 'R1008' || code === 'R1012') && !isFailure);
  if (isReturn) {
    const value = found.asked?.kind === 'completeWorkflow' ? found.asked.result?.d : undefined;
    return likelyReturn(stacksBefore(found, recorded), { ...found, value });
  }
  if (code !== 'R1004' && code !== 'R1005' && !isFailure) return undefined;
  const stack = stacksBefore(found, recorded).findLast((each) => each !== undefined);
  return found.source.place(stack);
}

/** Where the code asked for what it has of the steps before a recorded one. */
function stacksBefore({ explanation }: Case, recorded: RecordedStep | undefined): (string | undefined)[] {
  const { result, history, edits } = explanation;
  const isNew = new Set(edits.flatMap((edit) => (edit.kind === 'inserted' ? (edit.movedFrom ?? []) : [])));
  const before = result.matches.filter(({ event }) => {
    const item = history.items[(event.eventId ?? 0) - 1];
    return (
      item !== undefined && !isNew.has(item.key) && (item.recorded?.eventId ?? Infinity) < (recorded?.eventId ?? 0)
    );
  });
  return before.map(({ intent }) => intent.place);
}

function finding(found: Case, change: Change, rows: Finding['alignment']): Finding {
  const { code, recorded, now, times, isParting, isLater } = change;
  const patched = code === 'R1005' ? patchCall(found, recorded?.name ?? '') : undefined;
  const isStillThere = patched !== undefined;
  const { title, help, notes } = describe(code, { recorded, now, isParting, isLater, isStillThere });
  const waits = code === 'R1004' && now === undefined && isParting === true ? waitingPlace(found) : undefined;
  const place = patched ?? orderPlace(found, change) ?? now?.place ?? waits ?? placeWithoutNow(found, change);
  return {
    code,
    severity: 'error',
    title,
    ...(recorded === undefined ? {} : { recorded }),
    ...(now === undefined ? {} : { now }),
    ...(place === undefined ? {} : { place }),
    ...(isStillThere ? { placeLabel: 'called here' } : {}),
    ...(waits === undefined ? {} : { placeLabel: 'waits here' }),
    ...(rows === undefined ? {} : { alignment: rows }),
    notes: [...notes, ...notesOf(found, change)],
    help,
    times,
    message: found.mismatch.message,
    explainsRest: isParting !== true && found.explanation.result.ending.kind === 'fits',
  };
}

/** Of steps that changed order: where the code says which comes first. */
function orderPlace({ explanation, source }: Case, { code, recorded, stack }: Change): SourcePlace | undefined {
  if (code !== 'R1002' || stack === undefined) return undefined;
  const { matches } = explanation.result;
  const at = matches.findIndex(({ intent }) => intent.place === stack);
  const was = matches.findIndex(
    ({ intent }) =>
      recorded !== undefined && nowStep(intent).kind === recorded.kind && nowStep(intent).name === recorded.name,
  );
  const other = matches[was < 0 || was === at ? at - 1 : was];
  return decidingPlace(source.places(stack), source.places(other?.intent.place), source);
}

/** Where the workflow waits, or one of its handlers. */
function waitingPlace({ waitsAt, source }: Case): SourcePlace | undefined {
  return waitsAt.map((stack) => source.places(stack)[0]).findLast((place) => place !== undefined);
}

/** Where the code names a patch that it is said not to call where its marker is. */
function patchCall({ source }: Case, id: string): SourcePlace | undefined {
  if (!source.patchIds.includes(id)) return undefined;
  const texts = ["'", '"'].flatMap((quote) => [`patched(${quote}${id}${quote}`, `${quote}${id}${quote}`]);
  return texts.map((text) => source.textPlace(text)).find((place) => place !== undefined);
}

function notesOf(found: Case, { code, also = [], instead = [], recorded }: Change): string[] {
  const notes: string[] = [];
  if (also.length > 0) {
    const isGone = code === 'R1005' && patchCall(found, recorded?.name ?? '') === undefined;
    const advice = isGone ? ': keep that where deprecatePatch() stands' : '';
    notes.push(`with it ${code === 'R1003' || code === 'R1009' ? 'came' : 'went'} ${also.join(', ')}${advice}`);
  }
  if (instead.length > 0) notes.push(`where it was, the code now has ${instead.join(', ')}`);
  if (code === 'R1008') notes.push(...missedSteps(found, recorded));
  const isUnheard = recorded?.kind === 'signaled' || recorded?.kind === 'updateAccepted';
  if (!isUnheard) notes.push(...unheardMessages(found.events, found.source));
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
