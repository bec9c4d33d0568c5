/**
 * Looks for the fewest edits of a recording with which the code replays it: what was put in, taken out, moved or renamed.
 * A search in breadth, one edit deeper each round, that keeps the candidates that come furthest.
 */
import type { HandledMessages, HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import { hasOtherArguments } from '../diagnose/compare-values.ts';
import { isClosingStep, isSameStep, nowStep, recordedStep, type Step } from '../diagnose/step.ts';
import { anchorOf } from '../diagnose/together.ts';
import { patchOf } from '../diagnose/markers.ts';
import { deleteStep } from './delete-step.ts';
import type { Edit } from './edit.ts';
import { type EditedHistory, unedited } from './edited-history.ts';
import { insertStep } from './insert-step.ts';
import type { InventedOutcome } from './invented-events.ts';
import { probe, type ProbeResult, type RecordedAt, type Replay } from './probe.ts';
import { canBeRenamed, renameStep } from './rename-step.ts';

const BEAM = 4;
const MOST_EDITS = 64;
const MOST_SAME = 8;
const MOST_REPLAYS = 200;
const MOST_EVENTS = 400_000;

export interface Explanation {
  readonly edits: readonly Edit[];
  readonly result: ProbeResult;
  readonly history: EditedHistory;
}

export interface Clues {
  /** Patch ids that the code names, in the order of the source. */
  readonly patchIds: readonly string[];
  /** Whether the code speaks of something by that name. */
  readonly mentions: (name: string) => boolean;
}

/** The best explanation found; without edits when none helps. */
export function explainDifference(events: readonly HistoryEvent[], replay: Replay, clues: Clues): Explanation {
  const start = candidate(unedited(events), [], replay);
  let best = start;
  let frontier = [start];
  let replays = 1;
  const most = Math.min(MOST_REPLAYS, Math.max(12, Math.floor(MOST_EVENTS / events.length)));
  for (let depth = 0; depth < MOST_EDITS && frontier.length > 0 && replays < most; depth++) {
    const next: Explanation[] = [];
    for (const from of frontier) {
      for (const { history, edit } of variations(from, clues)) {
        next.push(candidate(history, [...from.edits, edit], replay));
        replays++;
      }
    }
    next.sort(byProgress);
    const fits = next.find(({ result }) => result.ending.kind === 'fits');
    if (fits !== undefined) return fits;
    if (next[0] !== undefined && byProgress(next[0], best) < 0) best = next[0];
    frontier = mostPromising(next);
  }
  return best;
}

/** The best of each kind: one kind of edit must not crowd out the other where neither has led anywhere yet. */
function mostPromising(candidates: readonly Explanation[]): Explanation[] {
  const ofKind = (kind: string): Explanation[] =>
    candidates.filter((each) => tailKind(each) === kind).slice(0, BEAM / 2);
  const chosen = new Set([...candidates.slice(0, BEAM), ...ofKind('inserted'), ...ofKind('deleted')]);
  return candidates.filter((each) => chosen.has(each));
}

/** What all edits are at the place where code and recording part now, or `mixed`. */
function tailKind({ edits, result }: Explanation): string {
  const tail = edits.filter((edit) => anchorOf(edit) > result.lastExact);
  const [first] = tail;
  return first !== undefined && tail.every(({ kind }) => kind === first.kind) ? first.kind : 'mixed';
}

/** Who comes further with steps that are the same in all; then with fewer that are not; then, who comes further at all. */
function byProgress({ result: a }: Explanation, { result: b }: Explanation): number {
  return b.exact - a.exact || a.inexact - b.inexact || b.position - a.position;
}

function candidate(history: EditedHistory, edits: readonly Edit[], replay: Replay): Explanation {
  return { history, edits, result: probe(history, replay) };
}

interface Variation {
  readonly edit: Edit;
  readonly history: EditedHistory;
}

function variations({ history, edits, result }: Explanation, clues: Clues): Variation[] {
  const { ending } = result;
  if (ending.kind === 'fits' || isEndless(edits)) return [];
  const atEnding = ending.kind === 'differs' ? endingVariations(ending, { edits, history, clues }) : [];
  const atDoubt = atFirstDoubt({ history, edits, result }, clues);
  // What was found once is taken for granted where it comes again, such as in a loop.
  const isAgain = ({ edit }: Variation): boolean => edits.some((earlier) => isSameChange(earlier, edit));
  const again = [atDoubt, atEnding].map((variations) => variations.find(isAgain));
  if (again[0] !== undefined) return [again[0]];
  if (again[1] === undefined) return [...atEnding, ...atDoubt];
  // Of several steps that are new at one place, one may look like the recorded step that comes after them.
  const last = edits.at(-1);
  const isSamePlace = last?.kind === 'inserted' && result.firstInexact?.recorded.key === anchorOf(last);
  return isSamePlace ? [again[1], ...atDoubt] : [again[1]];
}

function endingVariations(
  ending: Extract<ProbeResult['ending'], { kind: 'differs' }>,
  base: Pick<Difference, 'edits' | 'history' | 'clues'>,
): Variation[] {
  const { recorded, now, handled } = ending;
  const [intent] = now;
  if (recorded !== undefined) return allVariations({ ...base, recorded, intent, handled });
  return intent === undefined ? [] : insertionsOf(base.history, undefined, intent);
}

/** The code asks for the same at the same place however often it gets it. */
function isEndless(edits: readonly Edit[]): boolean {
  const last = edits.slice(-MOST_SAME);
  const [first] = last;
  return (
    last.length === MOST_SAME &&
    first?.kind === 'inserted' &&
    last.every((edit) => isSameChange(edit, first) && anchorOf(edit) === anchorOf(first))
  );
}

interface Difference {
  readonly history: EditedHistory;
  readonly recorded: RecordedAt;
  readonly intent: Intent | undefined;
  readonly clues: Clues;
  /** What the code has handlers for by then. */
  readonly handled?: HandledMessages | undefined;
  /** What is assumed already. */
  readonly edits: readonly Edit[];
}

/**
 * Where a step was the first to be of the same kind and not the same in all: it may be another step, such as a timer of
 * another length. Only after what is changed already, or every place would be tried twice.
 */
function atFirstDoubt({ history, edits, result }: Explanation, clues: Clues): Variation[] {
  const { firstInexact } = result;
  const last = edits.at(-1);
  const anchor = (last === undefined ? undefined : anchorOf(last)) ?? 0;
  if (firstInexact === undefined || firstInexact.recorded.key < anchor) return [];
  // More than one step may have come before it.
  if (firstInexact.recorded.key === anchor && last?.kind !== 'inserted') return [];
  const { recorded, intent } = firstInexact;
  return allVariations({ edits, history, recorded, intent, clues }).filter(({ edit }) => edit.kind !== 'renamed');
}

function allVariations(difference: Difference): Variation[] {
  const { history, recorded, intent, clues } = difference;
  const deletion = (): Variation => ({
    edit: { kind: 'deleted', step: recorded.step, key: recorded.key, asked: intent },
    history: deleteStep(history, recorded.key).history,
  });
  if (recorded.step.kind === 'patch') {
    const insertions = intent === undefined ? [] : insertionsOf(history, recorded.key, intent);
    return [...patchRenames(difference, clues), deletion(), ...insertions];
  }
  const deletions = canBeGone(difference) ? [deletion()] : [];
  if (intent === undefined || isClosingStep(nowStep(intent))) return deletions;
  const insertions = insertionsOf(history, recorded.key, intent);
  if (isClosingStep(recorded.step)) return insertions;
  return [...renames(difference, intent), ...insertions, ...deletions];
}

/** A run has one end; an update that has a handler is accepted. */
function canBeGone({ recorded: { step }, clues, handled }: Difference): boolean {
  if (step.kind === 'updateAccepted')
    return step.label === undefined || !(handled?.updates.includes(step.label) ?? clues.mentions(step.label));
  return !isClosingStep(step);
}

function renames({ history, recorded, clues }: Difference, intent: Intent): Variation[] {
  const step = nowStep(intent);
  if (!canBeRenamed(recorded.step, step) || isSameStep(recorded.step, step)) return [];
  // A name that the code still speaks of, and a call with other arguments: that is another call.
  const isAnother = clues.mentions(recorded.step.name) && hasOtherArguments(recorded.event, intent);
  if (isAnother && recorded.step.kind !== 'child') return [];
  const edit: Edit = { kind: 'renamed', from: recorded.step, step, key: recorded.key, asked: intent };
  return [{ edit, history: renameStep(history, recorded.key, step) }];
}

/**
 * An id that is recorded as well is another patch; one that the code still names was not renamed. Unless ids have changed
 * places, and nothing else has changed.
 */
function patchRenames({ history, recorded, intent, edits }: Difference, { patchIds }: Clues): Variation[] {
  const { name } = recorded.step;
  const known = new Set(history.items.flatMap(({ event }) => patchOf(event)?.patchId ?? []));
  const isNamed = patchIds.includes(name);
  const isPatchRename = ({ kind, step }: Edit): boolean => kind === 'renamed' && step.kind === 'patch';
  if (isNamed && !edits.every(isPatchRename)) return [];
  return patchIds
    .filter((patchId) => patchId !== name && (isNamed || !known.has(patchId)))
    .map((patchId) => {
      const step: Step = { kind: 'patch', name: patchId };
      const edit: Edit = { kind: 'renamed', from: recorded.step, step, key: recorded.key, asked: intent };
      return { edit, history: renameStep(history, recorded.key, step) };
    });
}

/** @param before the recorded event that comes next; nothing at the end of the history */
function insertionsOf(history: EditedHistory, before: number | undefined, intent: Intent): Variation[] {
  const step = nowStep(intent);
  // Nothing would follow an end that is put in, so that all would seem to fit.
  if (isClosingStep(step)) return [];
  const edit = { kind: 'inserted', step, key: history.nextKey, before, asked: intent } as const;
  const later = before === undefined ? undefined : laterSame(history, before, step);
  const moved: Variation[] =
    later === undefined
      ? []
      : ([true, false] as const).map((withOutcome) => ({
          edit: { ...edit, movedFrom: later },
          history: insertStep(history, { before, intent, movedFrom: later, withOutcome }),
        }));
  const inventions = (results: readonly (InventedOutcome | 'asRecorded')[]): Variation[] =>
    results
      .map((result) => ({ edit, history: insertStep(history, { before, intent, result }) }))
      .filter((variation) => variation.history.items.length > history.items.length);
  const known = inventions(['asRecorded']);
  return [...moved, ...(known.length > 0 ? known : inventions(OUTCOMES[step.kind] ?? ['nothing']))];
}

/** How a step that was never recorded may have come out. */
const OUTCOMES: Partial<Record<Step['kind'], readonly InventedOutcome[]>> = {
  activity: ['nothing', 'emptyObject'],
  localActivity: ['nothing', 'emptyObject'],
  child: ['nothing', 'emptyObject'],
  nexus: ['nothing', 'emptyObject'],
  timer: ['nothing', 'pending'],
};

function laterSame(history: EditedHistory, key: number, step: Step): number | undefined {
  const from = history.items.findIndex((item) => item.key === key) + 1;
  const found = history.items.slice(from).find(({ event }) => {
    const recorded = recordedStep(event);
    return recorded !== undefined && isSameStep(recorded, step) && recorded.durationMs === step.durationMs;
  });
  return found?.key;
}

export function isSameChange(a: Edit, b: Edit): boolean {
  if (a.kind !== b.kind || !isSameStep(withoutId(a.step), withoutId(b.step))) return false;
  if (a.kind === 'inserted' && b.kind === 'inserted')
    return a.asked?.place === b.asked?.place && (a.movedFrom === undefined) === (b.movedFrom === undefined);
  return a.kind !== 'renamed' || b.kind !== 'renamed' || isSameStep(withoutId(a.from), withoutId(b.from));
}

/** Ids differ from call to call; the call is the same. */
function withoutId({ kind, name }: Step): Step {
  return { kind, name };
}
