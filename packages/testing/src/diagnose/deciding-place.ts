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
  source: Pick<SourceLookup, 'functionAt' | 'text'>,
): SourcePlace | undefined {
  let shared: SourcePlace | undefined;
  for (const place of way) {
    const meeting = other.find((each) => isSameFunction(place, each, source));
    if (meeting === undefined) continue;
    if (!isSameCall(place, meeting, source)) return place;
    shared ??= place;
  }
  return shared ?? way[0];
}

/** A call that is awaited is at its name before the first wait, and at its `await` after it. */
function isSameCall(a: SourcePlace, b: SourcePlace, source: Pick<SourceLookup, 'text'>): boolean {
  if (a.line !== b.line) return false;
  const line = source.text(a.file)?.split('\n')[a.line - 1] ?? '';
  const [from, to] = [a.column, b.column].sort((one, other) => one - other);
  return !/[(,;[{]/.test(line.slice((from ?? 1) - 1, (to ?? 1) - 1));
}

function isSameFunction(a: SourcePlace, b: SourcePlace, source: Pick<SourceLookup, 'functionAt'>): boolean {
  if (a.file !== b.file) return false;
  const [one, two] = [a, b].map((place) => source.functionAt(place)?.text.start);
  return one?.line === two?.line && one?.column === two?.column;
}
