import { EventType, type HistoryEvent } from '@reprise/worker/replay';

import type { Edit } from './edit.ts';
import { type Explanation, isSameChange } from './explain-difference.ts';

export interface BorneOut {
  /** Edits after which code and recording agree for a while. */
  readonly edits: readonly Edit[];
  /** Of those, the ones that follow another with nothing in between that is as recorded. */
  readonly adjoining: ReadonlySet<Edit>;
  /** Where they part for good: the first assumption that leads to nothing, unless it is one of those before. */
  readonly doubtful: Edit | undefined;
}

/**
 * Of an explanation that leads to the end of the history, every edit counts. Of one that does not, those after which
 * something fits: the others were tried because nothing better was left to try.
 */
export function borneOut(explanation: Explanation): BorneOut {
  const { edits, result } = explanation;
  const positions = edits.map((edit) => positionOf(edit, explanation));
  const agreed = agreeingPositions(explanation);
  const agreesAfter = (index: number): boolean =>
    agreed.some((at) => at > (positions[index] ?? 0) && at < (positions[index + 1] ?? Infinity));
  const adjoining = new Set(edits.filter((_, index) => index > 0 && !agreesAfter(index - 1)));
  if (result.ending.kind === 'fits') return { edits, adjoining, doubtful: undefined };
  let count = edits.length;
  while (count > 0 && !agreesAfter(count - 1)) count--;
  const kept = edits.slice(0, count);
  const next = edits[count];
  const isKnown = next !== undefined && kept.some((edit) => isSameChange(edit, next));
  return { edits: kept, adjoining, doubtful: isKnown ? undefined : next };
}

/** Updates are answered whatever the workflow itself is at. */
function isAnswer({ eventType }: HistoryEvent): boolean {
  return (
    eventType === EventType.WorkflowExecutionUpdateAccepted || eventType === EventType.WorkflowExecutionUpdateCompleted
  );
}

/** Where in the edited history an edit is, between two of its items. */
function positionOf(edit: Edit, { history }: Explanation): number {
  const key = edit.kind === 'inserted' ? (edit.movedFrom ?? edit.key) : edit.key;
  if (edit.kind !== 'deleted') return history.items.findIndex((item) => item.key === key);
  const next = history.items.findIndex(({ recorded }) => (recorded?.eventId ?? 0) > key);
  return (next < 0 ? history.items.length : next) - 0.5;
}

/** Recorded steps that the code asks for as they are. */
function agreeingPositions({ history, result, edits }: Explanation): number[] {
  const moved = new Set(edits.flatMap((edit) => (edit.kind === 'inserted' ? (edit.movedFrom ?? []) : [])));
  return result.matches.flatMap(({ event }) => {
    const at = (event.eventId ?? 0) - 1;
    const item = history.items[at];
    const isAsRecorded =
      item?.recorded !== undefined && item.isRenamed !== true && !moved.has(item.key) && !isAnswer(item.recorded);
    return isAsRecorded ? [at] : [];
  });
}
