/** Makes one source map of a bundle out of those of its modules: an index map, whose sections keep the modules apart. */
import type * as TraceMapping from '@jridgewell/trace-mapping';
import type { SourceMapSegment } from '@jridgewell/trace-mapping';
import type { CompiledModule } from './compile-module.ts';
import { editedColumn, lineShifts, originalColumn, type Edit, type LineShifts } from './edits.ts';
import { inputSourceMap, type InputSourceMap } from './input-source-map.ts';
import { late } from './late.ts';
import { readVlq, vlqText } from './vlq.ts';

const tracing = late<typeof TraceMapping>('@jridgewell/trace-mapping');

/** What is kept of a module for mapping. */
export interface MappedModule {
  readonly file: string;
  readonly source: string;
  readonly compiled: CompiledModule;
  /** Everything that was changed after the compiler. */
  readonly edits: readonly Edit[];
  /** First line in the script, from 0. */
  readonly line: number;
}

export interface PlainSourceMap {
  version: 3;
  sources: string[];
  /** Null where it is not known. */
  sourcesContent: (string | null)[];
  names: string[];
  mappings: string;
}

/** The map of one module from its final text to what its author wrote, the insertions of the scope pass taken into account. */
export function moduleSourceMap(module: MappedModule): PlainSourceMap {
  const { compiled, edits } = module;
  const input = inputSourceMap(module.file, module.source);
  if (input === undefined) return mapToFile(module);
  if (compiled.sourceMap !== undefined) return tracedThrough(mapToFile(module), input);
  return { version: 3, ...input, mappings: movedMappings(input.mappings, lineShifts(compiled.code, edits)) };
}

/** A map to a file that itself has a map, made one to what that file was made of. */
function tracedThrough(map: PlainSourceMap, input: InputSourceMap): PlainSourceMap {
  const { TraceMap, decodedMappings, encodedMappings, traceSegment } = tracing();
  const written = new TraceMap({ version: 3, ...input });
  const lines = decodedMappings(new TraceMap(map)).map((segments) =>
    segments.flatMap((segment): SourceMapSegment[] => {
      if (segment.length === 1) return [];
      const traced = traceSegment(written, segment[2], segment[3]);
      return traced === null || traced.length === 1 ? [] : [[segment[0], traced[1], traced[2], traced[3]]];
    }),
  );
  return { version: 3, ...input, mappings: encodedMappings(new TraceMap({ version: 3, ...input, mappings: lines })) };
}

/** The map of one module from its final text to its file. */
function mapToFile(module: MappedModule): PlainSourceMap {
  const { compiled, file, source } = module;
  if (compiled.sourceMap === undefined)
    return { version: 3, sources: [file], sourcesContent: [source], names: [], mappings: identityMappings(module) };
  const inner = JSON.parse(compiled.sourceMap) as { mappings: string; names?: string[] };
  const names = inner.names ?? [];
  if (module.edits.length === 0)
    return { version: 3, sources: [file], sourcesContent: [source], names, mappings: inner.mappings };
  const mappings = movedMappings(inner.mappings, lineShifts(compiled.code, module.edits));
  return { version: 3, sources: [file], sourcesContent: [source], names, mappings };
}

/** Only the column of a segment counts from the beginning of its line; so lines without a change stay as they are. */
function movedMappings(mappings: string, shifts: LineShifts): string {
  const lines = mappings.split(';');
  for (const [line, ofLine] of shifts) {
    let column = 0;
    let movedBefore = 0;
    const segments = (lines[line] ?? '').split(',').map((segment) => {
      if (segment === '') return segment;
      const { value, length } = readVlq(segment);
      column += value;
      const moved = editedColumn(ofLine, column);
      const text = vlqText(moved - movedBefore) + segment.slice(length);
      movedBefore = moved;
      return text;
    });
    if (line < lines.length) lines[line] = segments.join(',');
  }
  return lines.join(';');
}

/** A segment at the beginning of a line, whose source begins one line after the one before it. */
const NEXT_LINE = 'AACA';

/** For a module that was taken as it is: each line begins where it began, and each insertion makes a new segment. */
function identityMappings({ compiled, edits }: MappedModule): string {
  const lines = compiled.code.split('\n').fill(NEXT_LINE);
  lines[0] = 'AAAA';
  let source = 0;
  let last = -1;
  for (const [line, shifts] of lineShifts(compiled.code, edits)) {
    // What comes after counts from the last column of the source before it.
    if (source !== 0 && last + 1 < lines.length) lines[last + 1] = `AAC${vlqText(-source)}`;
    const back = last + 1 === line ? source : 0;
    const segments = [line === 0 ? 'AAAA' : `AAC${vlqText(-back)}`];
    source = 0;
    let column = 0;
    let added = 0;
    for (const shift of shifts) {
      added += shift.added - shift.removed;
      const to = shift.column + shift.removed + added;
      const from = originalColumn(shifts, to);
      segments.push(`${vlqText(to - column)}AA${vlqText(from - source)}`);
      column = to;
      source = from;
    }
    lines[line] = segments.join(',');
    last = line;
  }
  if (source !== 0 && last + 1 < lines.length) lines[last + 1] = `AAC${vlqText(-source)}`;
  return lines.join(';');
}

export function indexMapText(modules: readonly MappedModule[]): string {
  const sections = modules.map((module) => ({
    offset: { line: module.line, column: 0 },
    map: moduleSourceMap(module),
  }));
  // Maps with sections need no list of files; it is there for whoever only looks at what is in the bundle.
  return JSON.stringify({ version: 3, sources: modules.map(({ file }) => file), sections });
}
