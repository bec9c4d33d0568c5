import type { FunctionText, TextPosition } from '@reprise/worker/replay';

import type { SourcePlace } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';

/**
 * Where a run most likely returned. A return leaves no stack, so it is looked for in the text: the first one of the
 * workflow function itself after the last step that the code asked for. Without one, that step.
 *
 * @param stacks of the steps that the code asked for, in order
 * @param value what it returned, as JSON: a return of just that is most likely the one
 */
export function likelyReturn(
  stacks: readonly (string | undefined)[],
  { source, workflowType, value }: { source: SourceLookup; workflowType: string; value?: string | undefined },
): SourcePlace | undefined {
  const frames = stacks.map((stack) => source.places(stack));
  const known = source.functionNamed(workflowType);
  const outermost = frames.findLast((places) => places.length > 0)?.at(-1);
  const body = known ?? (outermost === undefined ? undefined : source.functionAt(outermost));
  if (body === undefined) return outermost;
  const { file, text } = body;
  const last = frames.flat().findLast((place) => place.file === file && isInside(place, text));
  const after = last ?? text.start;
  const later = text.returns.filter((position) => isAfter(position, after));
  const lines = source.text(file)?.split('\n') ?? [];
  const returnsValue = ({ line, column }: TextPosition): boolean =>
    value !== undefined && literalOf(lines[line - 1]?.slice(column - 1) ?? '') === value;
  const found = later.find(returnsValue) ?? later[0];
  const symbol = text.name ?? workflowType;
  if (found !== undefined) return { file, ...found, symbol };
  return last ?? source.definition(workflowType);
}

/** `return 'done';` as JSON. */
function literalOf(statement: string): string | undefined {
  const [, expression] = /^return\s+(.*?);?\s*$/.exec(statement) ?? [];
  return expression?.replace(/^'(.*)'$/, '"$1"');
}

function isInside(place: TextPosition, { start, end }: FunctionText): boolean {
  return isAfter(place, start) && isAfter(end, place);
}

function isAfter(a: TextPosition, b: TextPosition): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column);
}
