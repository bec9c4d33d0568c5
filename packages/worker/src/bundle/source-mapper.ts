/**
 * From positions in a bundle's script to positions in the user's TypeScript. Maps are parsed when the first stack of a
 * module is looked at, never before: most runs end without one.
 */
import type * as TraceMapping from '@jridgewell/trace-mapping';
import type { SectionedSourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import { codeFrame } from './code-frame.ts';
import { BUNDLE_FILENAME, RUNTIME_FILENAME } from './contract.ts';
import { late } from './late.ts';
import { moduleSourceMap, type MappedModule } from './source-map-text.ts';

const tracing = late<typeof TraceMapping>('@jridgewell/trace-mapping');

export interface SourceFrame {
  /** As V8 wrote it, `async` and `new` included; absent for top-level code. */
  functionName: string | undefined;
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

interface RawFrame {
  functionName: string | undefined;
  file: string;
  line: number;
  column: number;
}

const FRAME = /^\s*at (?:(.+?) \()?([^\s()]+?):(\d+):(\d+)\)?$/;

export interface SourceMapper {
  /** The frames of a raw stack that lie in the user's code, innermost first. */
  frames(rawStack: string): SourceFrame[];
  /** The stack with positions in TypeScript; frames of the runtime are left out, frames without position are kept. */
  mapStack(rawStack: string): string;
  /** The source of a file of the bundle. */
  sourceOf(file: string): string | undefined;
  /** The lines of source around a frame, with a mark. */
  codeFrame(frame: SourceFrame): string | undefined;
}

type MapPosition = (line: number, column: number) => { file: string; line: number; column: number } | undefined;

/** Over the modules of a bundle that was made in this process. */
export function mapperOfModules(modules: readonly MappedModule[]): SourceMapper {
  const maps = new Map<MappedModule, TraceMap>();
  const byLine = [...modules].sort((a, b) => a.line - b.line);
  const position: MapPosition = (line, column) => {
    const module = byLine.findLast((candidate) => candidate.line <= line - 1);
    if (module === undefined) return undefined;
    let map = maps.get(module);
    if (map === undefined) maps.set(module, (map = new (tracing().TraceMap)(JSON.stringify(moduleSourceMap(module)))));
    const found = positionIn(map, { line: line - module.line, column: column - 1 });
    return found.source === null ? undefined : { file: found.source, line: found.line, column: found.column + 1 };
  };
  const sourceOf = (file: string) =>
    modules.find((module) => module.file === file)?.source ?? firstContent([...maps.values()], file);
  return mapperOf(position, sourceOf);
}

/** Over the map that a bundle read from a file carries; without one that can be read, frames stay as they are. */
export function mapperOfText(readMap: () => string | undefined): SourceMapper {
  let parsed: TraceMap | null | undefined;
  const map = () => {
    if (parsed !== undefined) return parsed;
    const text = readMap();
    return (parsed = text === undefined ? null : parseMap(text));
  };
  const position: MapPosition = (line, column) => {
    const known = map();
    if (known === null) return undefined;
    const found = positionIn(known, { line, column: column - 1 });
    return found.source === null ? undefined : { file: found.source, line: found.line, column: found.column + 1 };
  };
  const sourceOf = (file: string) => {
    const known = map();
    return known === null ? undefined : firstContent([known], file);
  };
  return mapperOf(position, sourceOf);
}

/** Null for a map that was cut off: errors of workflows are worth more than their positions. */
function parseMap(text: string): TraceMap | null {
  try {
    return new (tracing().FlattenMap)(JSON.parse(text) as SectionedSourceMapInput);
  } catch {
    return null;
  }
}

/** What the first map that knows a file says is in it. */
function firstContent(maps: readonly TraceMap[], file: string): string | undefined {
  for (const { sources, sourcesContent } of maps) {
    const content = sourcesContent?.[sources.indexOf(file)];
    if (typeof content === 'string') return content;
  }
  return undefined;
}

/** What the scope pass put at the beginning of a line has no position of its own: it gets that of what follows. */
function positionIn(
  map: TraceMap,
  at: { line: number; column: number },
): TraceMapping.OriginalMapping | TraceMapping.InvalidOriginalMapping {
  const { LEAST_UPPER_BOUND, originalPositionFor } = tracing();
  const found = originalPositionFor(map, at);
  return found.line === null ? originalPositionFor(map, { ...at, bias: LEAST_UPPER_BOUND }) : found;
}

function mapperOf(position: MapPosition, sourceOf: (file: string) => string | undefined): SourceMapper {
  const mapped = (raw: RawFrame): SourceFrame | undefined => {
    const at = raw.file === BUNDLE_FILENAME ? position(raw.line, raw.column) : undefined;
    const isModuleBody = raw.functionName === 'Object.D' || raw.functionName === 'D';
    return at === undefined ? undefined : { functionName: isModuleBody ? undefined : raw.functionName, ...at };
  };
  return {
    sourceOf,
    frames: (rawStack) =>
      rawStack.split('\n').flatMap((line) => {
        const raw = parseFrame(line);
        const frame = raw && mapped(raw);
        return frame ? [frame] : [];
      }),
    mapStack: (rawStack) =>
      rawStack
        .split('\n')
        .flatMap((line) => {
          const raw = parseFrame(line);
          if (raw === undefined)
            return /^\s+at .*\(<anonymous>\)$|^\s+at .*isolated-vm/.test(line) && !line.includes('index ')
              ? []
              : [line];
          if (raw.file.endsWith(RUNTIME_FILENAME) || raw.file.startsWith('<isolated-vm')) return [];
          const frame = mapped(raw);
          if (frame === undefined && raw.file === BUNDLE_FILENAME) return [];
          return [frame === undefined ? line : frameText(frame)];
        })
        .join('\n'),
    codeFrame: (frame) => {
      const source = sourceOf(frame.file);
      return source === undefined ? undefined : codeFrame(source, frame);
    },
  };
}

function parseFrame(line: string): RawFrame | undefined {
  const match = FRAME.exec(line);
  if (match === null) return undefined;
  return { functionName: match[1], file: match[2] ?? '', line: Number(match[3]), column: Number(match[4]) };
}

/** A frame as V8 writes it. */
export function frameText({ functionName, file, line, column }: SourceFrame): string {
  const place = `${file}:${line}:${column}`;
  return functionName === undefined ? `    at ${place}` : `    at ${functionName} (${place})`;
}
