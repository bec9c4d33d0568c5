import type { FunctionText, TextPosition } from '@reprise/worker/replay';

import type { SourcePlace } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';

/**
 * Where a run most likely returned. A return leaves no stack, so it is looked for in the text: the first one of the
 * workflow function itself after the last step that the code asked for. Without one, that step.
 *
 * @param stacks of the steps that the code asked for, in order
 */
export function likelyReturn(
  stacks: readonly (string | undefined)[],
  { source, workflowType }: { source: SourceLookup; workflowType: string },
): SourcePlace | undefined {
  const frames = stacks.map((stack) => source.places(stack));
  const known = source.functionNamed(workflowType);
  const outermost = frames.findLast((places) => places.length > 0)?.at(-1);
  const body = known ?? (outermost === undefined ? undefined : source.functionAt(outermost));
  if (body === undefined) return outermost;
  const { file, text } = body;
  const last = frames.flat().findLast((place) => place.file === file && isInside(place, text));
  const after = last ?? text.start;
  const found = text.returns.find((position) => isAfter(position, after));
  const symbol = text.name ?? workflowType;
  if (found !== undefined) return { file, ...found, symbol };
  return last ?? source.definition(workflowType);
}

function isInside(place: TextPosition, { start, end }: FunctionText): boolean {
  return isAfter(place, start) && isAfter(end, place);
}

function isAfter(a: TextPosition, b: TextPosition): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column);
}
