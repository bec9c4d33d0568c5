/** Makes findings of a replay that did not fit: one for each change that together let the history replay. */
import type { HistoryEvent, Mismatch } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { Edit } from '../probe/edit.ts';
import { unedited } from '../probe/edited-history.ts';
import { explainDifference, type Explanation } from '../probe/explain-difference.ts';
import type { Replay } from '../probe/probe.ts';
import { align, rowsAround } from './align.ts';
import { describe } from './describe.ts';
import type { CurrentStep, Finding, FindingCode, RecordedStep, SourcePlace } from './finding.ts';
import { likelyReturn } from './likely-return.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stepText } from './step-text.ts';
import { isClosingStep, isSameStep, recordedStep, type Step } from './step.ts';

export interface Difference {
  readonly workflowType: string;
  readonly events: readonly HistoryEvent[];
  readonly mismatch: Mismatch;
  /** What the code asks for there, in order. */
  readonly now: readonly Intent[];
}

interface Case extends Omit<Difference, 'now'> {
  readonly source: SourceLookup;
  readonly explanation: Explanation;
  /** What the mismatch itself names. */
  readonly recorded: RecordedStep | undefined;
  readonly now: CurrentStep | undefined;
}

export function diagnoseDifference(difference: Difference, replay: Replay, source: SourceLookup): Finding[] {
  const { events, mismatch } = difference;
  const explanation = explainDifference(events, replay, { patchIds: source.patchIds });
  const [front] = difference.now;
  const found: Case = {
    ...difference,
    source,
    explanation,
    recorded: mismatch.recorded === undefined ? undefined : recordedSide(mismatch.recorded.event),
    now: front === undefined ? undefined : currentSide(front, source),
  };
  const changes = changesOf(found);
  const all = changes.length === 0 ? [plainChange(found)] : changes;
  const rows = rowsAround(align(explanation, unedited(events).items, source));
  return all.map((change, index) => finding(found, change, index === 0 ? rows : undefined));
}

interface Change {
  readonly code: FindingCode;
  readonly recorded: RecordedStep | undefined;
  readonly now: CurrentStep | undefined;
  readonly times: number;
  /** Other steps that went the same way. */
  readonly also?: readonly string[];
}

/** The edits of the explanation, those of one cause together. */
function changesOf(found: Case): Change[] {
  const { edits } = found.explanation;
  if (endsEarly(found)) return [{ code: 'R1008', recorded: found.recorded, now: found.now, times: 1 }];
  const swaps = new Set(swappedEdits(edits));
  const withPatch = new Set(deletedWithPatch(found));
  const changes: Change[] = [];
  for (const group of groups(edits.filter((edit) => !swaps.has(edit) && !withPatch.has(edit)))) {
    const [first] = group;
    if (first === undefined) continue;
    const code = codeOf(first, found);
    const also = code === 'R1005' ? [...withPatch].map(({ step }) => stepText(step)) : [];
    changes.push({ ...sidesOf(first, found), code, times: group.length, also });
  }
  const [swap] = swaps;
  if (swap !== undefined) changes.unshift({ ...swapSides(swap, found), code: 'R1002', times: 1 });
  return changes;
}

/** Steps that are gone together with the patch before them: they were what it gated. */
function deletedWithPatch({ explanation, events }: Case): Edit[] {
  const deleted = explanation.edits.filter((edit) => edit.kind === 'deleted');
  const gone = new Set(deleted.map(({ key }) => key));
  const steps = events.filter((event) => recordedStep(event) !== undefined && !isOwnUpsert(event));
  return deleted.filter(({ key, step }) => {
    if (step.kind === 'patch') return false;
    const before = steps
      .slice(
        0,
        steps.findIndex(({ eventId }) => eventId === key),
      )
      .reverse();
    const last = before.find((event) => !gone.has(event.eventId ?? 0) || recordedStep(event)?.kind === 'patch');
    return last !== undefined && gone.has(last.eventId ?? 0);
  });
}

/** The search attribute that goes with a patch. */
function isOwnUpsert(event: HistoryEvent): boolean {
  const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
  return fields?.['TemporalChangeVersion'] !== undefined;
}

/** The code closes the run, and nothing was taken out: it still speaks of every step that it did not come to. */
function endsEarly({ explanation, now, recorded, source }: Case): boolean {
  if (now === undefined || recorded === undefined || !isClosingStep(now) || isClosingStep(recorded)) return false;
  const missing = explanation.edits.flatMap((edit) => (edit.kind === 'deleted' ? [edit.step] : []));
  return missing.every((step) => source.mentions(mentionOf(step)));
}

function mentionOf({ kind, name }: Step): RegExp {
  if (kind === 'timer') return /\b(?:sleep|setTimeout|condition)\s*\(/;
  if (kind === 'child') return new RegExp(`\\b${escaped(name)}\\b|\\b(?:executeChild|startChild)\\b`);
  return new RegExp(`\\b${escaped(name.split('.').at(-1) ?? name)}\\b`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Two steps that got each other's name have changed places; so has one that is gone here and new there. */
function swappedEdits(edits: readonly Edit[]): Edit[] {
  return edits.filter((edit) => {
    if (edit.kind === 'inserted' && edit.movedFrom !== undefined) return true;
    return edits.some((other) => {
      if (edit.kind === 'renamed' && other.kind === 'renamed') {
        return isSameName(edit.step, other.from) && isSameName(edit.from, other.step);
      }
      const kinds = `${edit.kind} ${other.kind}`;
      return (kinds === 'inserted deleted' || kinds === 'deleted inserted') && isSameName(edit.step, other.step);
    });
  });
}

function isSameName(a: Step, b: Step): boolean {
  return isSameStep({ kind: a.kind, name: a.name }, { kind: b.kind, name: b.name });
}

function groups(edits: readonly Edit[]): Edit[][] {
  const byCause = new Map<string, Edit[]>();
  for (const edit of edits) {
    const from = edit.kind === 'renamed' ? edit.from.name : '';
    const place = edit.kind === 'deleted' ? '' : (edit.place ?? '');
    const cause = [edit.kind, edit.step.kind, edit.step.name, from, place].join('\n');
    byCause.set(cause, [...(byCause.get(cause) ?? []), edit]);
  }
  return [...byCause.values()];
}

function codeOf(edit: Edit, { events }: Case): FindingCode {
  const isPatch = edit.step.kind === 'patch';
  if (edit.kind === 'deleted') return isPatch ? 'R1005' : 'R1004';
  if (edit.kind === 'renamed') {
    if (isPatch) return 'R1006';
    if (edit.step.kind !== 'child') return 'R1001';
    return edit.from.name === edit.step.name ? 'R1017' : 'R1007';
  }
  const before = events.find(({ eventId }) => eventId === edit.before);
  return before !== undefined && isClosingStep(recordedSide(before)) ? 'R1009' : 'R1003';
}

function sidesOf(edit: Edit, { events, source, explanation }: Case): Pick<Change, 'recorded' | 'now'> {
  const eventOf = (key: number | undefined): RecordedStep | undefined => {
    const event = events.find(({ eventId }) => eventId === key);
    return event === undefined ? undefined : recordedSide(event);
  };
  if (edit.kind === 'deleted') return { recorded: eventOf(edit.key), now: nextStep(edit.key, explanation, source) };
  const place = source.place(edit.place);
  const now: CurrentStep = { ...edit.step, ...(place === undefined ? {} : { place }) };
  return { recorded: eventOf(edit.kind === 'inserted' ? edit.before : edit.key), now };
}

/** What the code does after the place where a recorded step is gone. */
function nextStep(key: number, { history, result }: Explanation, source: SourceLookup): CurrentStep | undefined {
  const next = result.matches.find(
    ({ event }) => (history.items[(event.eventId ?? 0) - 1]?.recorded?.eventId ?? 0) > key,
  );
  return next === undefined ? undefined : currentSide(next.intent, source);
}

function swapSides(edit: Edit, found: Case): Pick<Change, 'recorded' | 'now'> {
  const { recorded, now } = sidesOf(edit, found);
  if (edit.kind !== 'deleted') return { recorded, now };
  return { recorded, now: found.now };
}

/** Without an explanation: what the two sides say by themselves. */
function plainChange(found: Case): Change {
  const { recorded, now, mismatch, explanation, events } = found;
  if (explanation.result.ending.kind === 'fits' && now !== undefined) {
    // Every step is recorded in this order; it is asked for before something that was recorded earlier.
    const later = events.find((event) => (event.eventId ?? 0) >= (recorded?.eventId ?? 0) && isStepOf(event, now));
    return { code: 'R1002', recorded: later === undefined ? recorded : recordedSide(later), now, times: 1 };
  }
  return { code: plainCode(recorded, now, mismatch), recorded, now, times: 1 };
}

function isStepOf(event: HistoryEvent, now: Step): boolean {
  const step = recordedStep(event);
  return step !== undefined && isSameStep(step, now);
}

function plainCode(recorded: RecordedStep | undefined, now: CurrentStep | undefined, mismatch: Mismatch): FindingCode {
  if (mismatch.code === 'patch-removed') return 'R1005';
  if (mismatch.code === 'leftover-command') return 'R1003';
  if (recorded === undefined) return now === undefined ? 'R1000' : 'R1003';
  if (now === undefined) return 'R1004';
  if (isClosingStep(now)) return isClosingStep(recorded) ? 'R1012' : 'R1008';
  if (isClosingStep(recorded)) return 'R1009';
  if (recorded.kind !== now.kind) return 'R1000';
  if (recorded.kind === 'child') return recorded.name === now.name ? 'R1017' : 'R1007';
  return recorded.name === now.name ? 'R1000' : 'R1001';
}

function placeWithoutNow(found: Case, { code, recorded, now }: Change): SourcePlace | undefined {
  if (code === 'R1006') return found.source.textPlace(`'${now?.name}'`) ?? found.source.textPlace(`"${now?.name}"`);
  if (code === 'R1008') return likelyReturn(found.explanation, found.recorded, found);
  if (code !== 'R1004' && code !== 'R1005') return undefined;
  const { matches } = found.explanation.result;
  const { items } = found.explanation.history;
  const before = matches.filter(
    ({ event }) => (items[(event.eventId ?? 0) - 1]?.recorded?.eventId ?? Infinity) < (recorded?.eventId ?? 0),
  );
  return before.map(({ intent }) => found.source.place(intent.place)).findLast((place) => place !== undefined);
}

function finding(found: Case, change: Change, rows: Finding['alignment']): Finding {
  const { code, recorded, now, times, also = [] } = change;
  const { title, help, notes } = describe(code, { recorded, now });
  const place = now?.place ?? placeWithoutNow(found, change);
  return {
    code,
    severity: 'error',
    title,
    ...(recorded === undefined ? {} : { recorded }),
    ...(now === undefined ? {} : { now }),
    ...(place === undefined ? {} : { place }),
    ...(rows === undefined ? {} : { alignment: rows }),
    notes:
      also.length === 0
        ? notes
        : [...notes, `with it went ${also.join(', ')}: keep that where deprecatePatch() stands`],
    help,
    times,
    message: found.mismatch.message,
    explainsRest: found.explanation.result.ending.kind === 'fits',
  };
}
