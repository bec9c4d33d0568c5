import type { SourcePlace } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';

/**
 * Where the code decides which of two steps comes first: the place on the way to the step in the innermost function that is
 * on the way to both. Steps that one call asks for in turn, as in a loop, have that call in common.
 *
 * @param way the places that lead to the step, innermost first
 * @param other those that lead to the other
 */
export function decidingPlace(
  way: readonly SourcePlace[],
  other: readonly SourcePlace[],
  source: Pick<SourceLookup, 'functionAt'>,
): SourcePlace | undefined {
  let shared: SourcePlace | undefined;
  for (const place of way) {
    const meeting = other.find((each) => isSameFunction(place, each, source));
    if (meeting === undefined) continue;
    if (meeting.line !== place.line || meeting.column !== place.column) return place;
    shared ??= place;
  }
  return shared ?? way[0];
}

function isSameFunction(a: SourcePlace, b: SourcePlace, source: Pick<SourceLookup, 'functionAt'>): boolean {
  if (a.file !== b.file) return false;
  const [one, two] = [a, b].map((place) => source.functionAt(place)?.text.start);
  return one?.line === two?.line && one?.column === two?.column;
}
