import type { Case } from './case.ts';

/** Where the code asked for what it has of the steps before a recorded event, as raw stacks, in order. */
export function stacksBefore(
  { explanation: { result, history, edits } }: Pick<Case, 'explanation'>,
  eventId: number,
): (string | undefined)[] {
  const isNew = new Set(edits.flatMap((edit) => (edit.kind === 'inserted' ? (edit.movedFrom ?? []) : [])));
  const before = result.matches.filter(({ event }) => {
    const item = history.items[(event.eventId ?? 0) - 1];
    return item !== undefined && !isNew.has(item.key) && (item.recorded?.eventId ?? Infinity) < eventId;
  });
  return before.map(({ intent }) => intent.place);
}
