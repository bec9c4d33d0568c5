import type { Explanation } from '../probe/explain-difference.ts';
import type { RecordedStep, SourcePlace } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';

/**
 * Where a run that closes too early most likely returned. A return leaves no stack, so it is looked for in the text:
 * after the last step that still fits, and before the code of the next recorded one.
 */
export function likelyReturn(
  { result, history, edits }: Explanation,
  next: RecordedStep | undefined,
  { source, workflowType }: { source: SourceLookup; workflowType: string },
): SourcePlace | undefined {
  const isGone = new Set(edits.map(({ key }) => key));
  const before = result.matches.filter(({ event }) => {
    const recorded = history.items[(event.eventId ?? 0) - 1];
    return (
      recorded !== undefined && !isGone.has(recorded.key) && (recorded.recorded?.eventId ?? 0) < (next?.eventId ?? 0)
    );
  });
  const last = before.map(({ intent }) => source.place(intent.place)).findLast((place) => place !== undefined);
  const start = last ?? source.definition(workflowType);
  return start === undefined ? undefined : firstReturnAfter(start, source);
}

function firstReturnAfter(last: SourcePlace, source: SourceLookup): SourcePlace {
  const lines = source.text(last.file)?.split('\n') ?? [];
  for (let line = last.line; line < lines.length; line++) {
    const text = lines[line] ?? '';
    const column = text.search(/\breturn\b|\bthrow\b/);
    if (column >= 0) return { ...last, line: line + 1, column: column + 1 };
    if (text.startsWith('}')) break;
  }
  return last;
}
