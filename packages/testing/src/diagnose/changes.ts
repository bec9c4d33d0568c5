/** From an explanation to what changed in the code: the edits that are causes, those of one cause together. */
import type { HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import { borneOut } from '../probe/borne-out.ts';
import type { Edit } from '../probe/edit.ts';
import { type Explanation, isSameChange } from '../probe/explain-difference.ts';
import type { Case } from './case.ts';
import { isChangeVersionUpsert, patchOf } from './markers.ts';
import { isEarlyEnd } from './early-end.ts';
import type { CurrentStep, FindingCode, RecordedStep } from './finding.ts';
import { plainCode } from './plain-code.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stepText } from './step-text.ts';
import { isClosingStep, isSameStep, nowStep, recordedStep, type Step } from './step.ts';
import { anchorOf, groups, together } from './together.ts';
import { waitedForSignal } from './unheard-messages.ts';

export interface Change {
  readonly code: FindingCode;
  readonly recorded: RecordedStep | undefined;
  readonly now: CurrentStep | undefined;
  readonly times: number;
  /** Other steps that went the same way. */
  readonly also?: readonly string[];
  /** Steps that came where it went. */
  readonly instead?: readonly string[];
  /** Where code and recording part for good: what follows was not compared. */
  readonly isParting?: true;
  /** The code comes to it later than it did. */
  readonly isLater?: boolean;
  /** Where `now` was asked for, as a raw stack. */
  readonly stack?: string | undefined;
}

export function changesOf(found: Case): Change[] {
  const { edits, doubtful, adjoining } = borneOut(found.explanation);
  const unheard = [...edits, ...(doubtful === undefined ? [] : [doubtful])].find(isUnaccepted);
  if (unheard !== undefined) return [parting({ ...sidesOf(unheard, found), now: undefined }, found)];
  const signal = waitedForSignal(found);
  if (signal !== undefined) return [{ code: 'R1004', recorded: signal, now: undefined, times: 1, isParting: true }];
  const gated = deletedWithPatch(edits, found);
  const early = edits.findIndex(
    (edit, index) =>
      !gated.has(edit) &&
      !followsDeleted(edits, index, adjoining) &&
      !edits.slice(0, index).some((earlier) => isSameChange(earlier, edit)) &&
      isEarlyEnd(edit, found),
  );
  const kept = withoutConsequences(early < 0 ? edits : edits.slice(0, early));
  const changes = groupedChanges(kept, adjoining, found);
  const end = early < 0 ? undefined : edits[early];
  if (end !== undefined) changes.push({ ...sidesOf(end, found), code: 'R1008', times: 1 });
  if (doubtful !== undefined) {
    // Where nothing is borne out, the two sides speak for themselves.
    const sides = kept.length > 0 ? sidesOf(doubtful, found) : found;
    const now = doubtful.asked === undefined ? sides.now : sideNow(doubtful.asked, found.source);
    changes.push(parting({ recorded: sides.recorded, now }, found));
  }
  return changes.length === 0 ? [withoutExplanation(found)] : changes;
}

/** Whether a step went before this one, with nothing in between that is as recorded: it went for the same reason. */
function followsDeleted(edits: readonly Edit[], index: number, adjoining: ReadonlySet<Edit>): boolean {
  for (let at = index; at > 0; at--) {
    const [edit, before] = [edits[at], edits[at - 1]];
    if (edit === undefined || !adjoining.has(edit)) return false;
    if (before?.kind === 'deleted') return true;
  }
  return false;
}

/** Whatever an update set off goes with it. */
function isUnaccepted({ kind, step }: Edit): boolean {
  return kind === 'deleted' && step.kind === 'updateAccepted';
}

function groupedChanges(edits: readonly Edit[], adjoining: ReadonlySet<Edit>, found: Case): Change[] {
  const swaps = new Set(swappedEdits(edits));
  const otherKind = kindChanges(edits);
  const withPatch = deletedWithPatch(edits, found);
  const left = edits.filter((edit) => !swaps.has(edit) && !withPatch.has(edit) && !otherKind.has(edit));
  const changes: Change[] = [];
  for (const group of groups(together(left, adjoining))) {
    const [first] = group;
    if (first === undefined) continue;
    const { edit, also, instead } = first;
    const code = codeOf(edit, found);
    const all = new Set([...also, ...(code === 'R1005' ? withPatch : [])].map(({ step }) => stepText(step)));
    const [standIn] = instead;
    const sides = sidesOf(edit, found);
    // What stands where it was is what to look at.
    const now = standIn === undefined ? sides.now : sidesOf(standIn, found).now;
    const named = instead.map(({ step }) => stepText(step));
    changes.push({ recorded: sides.recorded, now, code, times: group.length, also: [...all], instead: named });
  }
  changes.push(...changesOfKind(otherKind, found));
  const [swap] = swaps;
  if (swap !== undefined)
    changes.unshift({ ...swapSides(swap, [...swaps], found), code: 'R1002', times: 1, stack: swap.asked?.place });
  return changes;
}

/** One for each name, however often it is called. */
function changesOfKind(pairs: ReadonlyMap<Edit, Edit>, found: Case): Change[] {
  const changes = new Map<string, Change>();
  for (const [gone, now] of pairs) {
    if (now.kind !== 'inserted') continue;
    const key = `${stepText(gone.step)}\n${stepText(now.step)}`;
    const { recorded } = sidesOf(gone, found);
    const first = changes.get(key) ?? { ...sidesOf(now, found), recorded, code: 'R1001', times: 0 };
    changes.set(key, { ...first, times: first.times + 1 });
  }
  return [...changes.values()];
}

/** Activities that became local ones, or the other way round: both edits, each with the other. */
function kindChanges(edits: readonly Edit[]): ReadonlyMap<Edit, Edit> {
  const pairs = replacements(edits);
  const kinds: ReadonlySet<Step['kind']> = new Set(['activity', 'localActivity']);
  for (const gone of edits.filter(({ kind, step }) => kind === 'deleted' && kinds.has(step.kind))) {
    const now = edits.find(
      (edit) =>
        edit.kind === 'inserted' &&
        kinds.has(edit.step.kind) &&
        edit.step.kind !== gone.step.kind &&
        edit.step.name === gone.step.name &&
        !pairs.has(edit),
    );
    if (now === undefined) continue;
    pairs.set(gone, now);
    pairs.set(now, gone);
  }
  return pairs;
}

const CALLS: ReadonlySet<Step['kind']> = new Set(['activity', 'localActivity', 'child', 'nexus']);

/** Calls of one name that are gone as often as calls of another kind and name are new, and nothing else: one for the other. */
function replacements(edits: readonly Edit[]): Map<Edit, Edit> {
  const [gone, now] = (['deleted', 'inserted'] as const).map((kind) => edits.filter((edit) => edit.kind === kind));
  const [first, other] = [gone?.[0]?.step, now?.[0]?.step];
  if (!gone || !now || !first || !other || gone.length !== now.length || first.kind === other.kind) return new Map();
  const isOne = (group: readonly Edit[], step: Step): boolean =>
    CALLS.has(step.kind) && group.every((edit) => isSameName(edit.step, step));
  if (gone.length + now.length !== edits.length || !isOne(gone, first) || !isOne(now, other)) return new Map();
  return new Map(
    gone.flatMap((edit, index) =>
      now[index]
        ? [
            [edit, now[index]],
            [now[index], edit],
          ]
        : [],
    ),
  );
}

/** What is new or gone shifts what comes after it: steps that changed places after it did so for that reason. */
function withoutConsequences(edits: readonly Edit[]): readonly Edit[] {
  const moves = new Set(swappedEdits(edits));
  const follows = (edit: Edit): boolean => moves.has(edit) || RESPONSES.has(edit.step.kind);
  const first = Math.min(...edits.filter((edit) => !follows(edit) && edit.kind !== 'renamed').map(anchorOf));
  return edits.filter((edit) => !follows(edit) || anchorOf(edit) < first);
}

/** What code asks for in response to something else. */
const RESPONSES: ReadonlySet<Step['kind']> = new Set([
  'cancelTimer',
  'cancelActivity',
  'cancelNexus',
  'updateAccepted',
  'updateCompleted',
]);

/** Steps that are gone together with the patch before them: they were what it gated. */
function deletedWithPatch(edits: readonly Edit[], { events }: Case): ReadonlySet<Edit> {
  const deleted = edits.filter((edit) => edit.kind === 'deleted');
  const gone = new Set(deleted.map(({ key }) => key));
  const steps = events.filter((event) => recordedStep(event) !== undefined && !isChangeVersionUpsert(event));
  const isGated = ({ key, step }: Edit): boolean => {
    if (step.kind === 'patch') return false;
    const before = steps
      .slice(
        0,
        steps.findIndex(({ eventId }) => eventId === key),
      )
      .reverse();
    const last = before.find((event) => !gone.has(event.eventId ?? 0) || patchOf(event) !== undefined);
    return last !== undefined && gone.has(last.eventId ?? 0);
  };
  const gated = deleted.filter(isGated);
  // In a loop, the marker stands once, and what it gated goes every time.
  const isAgain = (edit: Edit): boolean => gated.some((one) => one.key < edit.key && isSameName(one.step, edit.step));
  return new Set(deleted.filter((edit) => gated.includes(edit) || isAgain(edit)));
}

/** Two steps that got each other's name have changed places; so has one that is gone here and new there. */
function swappedEdits(edits: readonly Edit[]): Edit[] {
  return edits.filter((edit) => {
    if (edit.kind === 'inserted' && edit.movedFrom !== undefined) return true;
    return edits.some((other) => isSwap(edit, other));
  });
}

function isSwap(edit: Edit, other: Edit): boolean {
  if (edit === other) return false;
  // Ids of patches stand for what they gate, not for a place in the order.
  if (edit.step.kind === 'patch') return false;
  if (edit.kind === 'renamed' && other.kind === 'renamed') {
    if (isSameName(edit.step, edit.from)) return isSameStep(edit.step, other.from) && isSameStep(edit.from, other.step);
    return isSameName(edit.step, other.from) && isSameName(edit.from, other.step);
  }
  const kinds = `${edit.kind} ${other.kind}`;
  // A timer of another length is another timer.
  const isSameLength = edit.step.durationMs === other.step.durationMs;
  return (
    (kinds === 'inserted deleted' || kinds === 'deleted inserted') && isSameLength && isSameName(edit.step, other.step)
  );
}

function isSameName(a: Step, b: Step): boolean {
  return isSameStep({ kind: a.kind, name: a.name }, { kind: b.kind, name: b.name });
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

type Sides = Pick<Change, 'recorded' | 'now'>;

function sidesOf(edit: Edit, { events, source, explanation }: Case): Sides {
  const recorded = sideOf(edit.kind === 'inserted' ? edit.before : edit.key, events);
  if (edit.kind === 'deleted') {
    const isEnd = edit.asked !== undefined && isClosingStep(nowStep(edit.asked));
    return { recorded, now: isEnd ? sideNow(edit.asked, source) : nextStep(edit.key, explanation, source) };
  }
  if (edit.asked === undefined || edit.step.kind === 'patch') return { recorded, now: edit.step };
  return { recorded, now: currentSide(edit.asked, source) };
}

function sideOf(eventId: number | undefined, events: readonly HistoryEvent[]): RecordedStep | undefined {
  const event = events.find((each) => each.eventId === eventId);
  return event === undefined ? undefined : recordedSide(event);
}

function sideNow(intent: Intent | undefined, source: SourceLookup): CurrentStep | undefined {
  return intent === undefined ? undefined : currentSide(intent, source);
}

/** What the code does after the place where a recorded step is gone. */
function nextStep(key: number, { history, result }: Explanation, source: SourceLookup): CurrentStep | undefined {
  const next = result.matches.find(
    ({ event }) => (history.items[(event.eventId ?? 0) - 1]?.recorded?.eventId ?? 0) > key,
  );
  return next === undefined ? undefined : currentSide(next.intent, source);
}

/** Where a step is gone that comes later, the code asks for something else, or waits. */
function swapSides(edit: Edit, swaps: readonly Edit[], found: Case): Sides & Pick<Change, 'isLater'> {
  const { recorded, now } = sidesOf(edit, found);
  if (edit.kind !== 'deleted') return { recorded, now };
  const later = swaps.find((other) => other.kind === 'inserted' && isSwap(edit, other));
  const asked = sideNow(edit.asked, found.source);
  return { recorded, now: asked ?? sideNow(later?.asked, found.source) ?? now, isLater: asked === undefined };
}

/** Without an explanation: what the two sides say by themselves. */
function withoutExplanation(found: Case): Change {
  const { recorded, now, asked, explanation, events } = found;
  if (explanation.result.ending.kind !== 'fits' || now === undefined) return parting({ recorded, now }, found);
  if (isClosingStep(now)) return { code: 'R1008', recorded, now, times: 1 };
  // Every step is recorded in this order; it is asked for before something that was recorded earlier.
  const later = events.find((event) => (event.eventId ?? 0) >= (recorded?.eventId ?? 0) && isStepOf(event, now));
  if (later === undefined)
    return { code: recorded !== undefined && isClosingStep(recorded) ? 'R1009' : 'R1003', recorded, now, times: 1 };
  const was = recordedSide(later);
  return { code: 'R1002', recorded: was, now, times: 1, stack: asked?.place };
}

function parting({ recorded, now: asked }: Sides, { mismatch, events, source }: Case): Change {
  // Updates are answered while the workflow waits.
  const isAnswer = asked?.kind === 'updateAccepted' || asked?.kind === 'updateCompleted';
  const sides = { recorded, now: isAnswer ? undefined : asked };
  return { ...sides, code: plainCode({ ...sides, mismatch, events, source }), times: 1, isParting: true };
}

function isStepOf(event: HistoryEvent, now: Step): boolean {
  const step = recordedStep(event);
  return step !== undefined && isSameStep(step, now) && step.durationMs === now.durationMs;
}
