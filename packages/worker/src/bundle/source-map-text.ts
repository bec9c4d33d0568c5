/** Makes one source map of a bundle out of those of its modules: an index map, whose sections keep the modules apart. */
import { decode, encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec';
import type { CompiledModule } from './compile-module.ts';
import { shiftColumn, unshiftColumn } from './insertions.ts';

/** What is kept of a module for mapping. */
export interface MappedModule {
  readonly file: string;
  readonly source: string;
  readonly compiled: CompiledModule;
  /** First line in the script, from 0. */
  readonly line: number;
}

export interface PlainSourceMap {
  version: 3;
  sources: string[];
  sourcesContent: string[];
  names: string[];
  mappings: string;
}

/** The map of one module from its final text to its source, the insertions of the scope pass taken into account. */
export function moduleSourceMap(module: MappedModule): PlainSourceMap {
  const { compiled, file, source } = module;
  if (compiled.sourceMap === undefined) return mapOf(module, identityMappings(compiled), []);
  const inner = JSON.parse(compiled.sourceMap) as { mappings: string; names?: string[] };
  const lines = decode(inner.mappings).map((segments, line) =>
    segments.map((segment) => {
      const moved: typeof segment = [...segment];
      moved[0] = shiftColumn(compiled.shifts[line], segment[0]);
      return moved;
    }),
  );
  return { version: 3, sources: [file], sourcesContent: [source], names: inner.names ?? [], mappings: encode(lines) };
}

function mapOf({ file, source }: MappedModule, lines: SourceMapMappings, names: string[]): PlainSourceMap {
  return { version: 3, sources: [file], sourcesContent: [source], names, mappings: encode(lines) };
}

/** For a module that was taken as it is: each line begins where it began, and each insertion makes a new segment. */
function identityMappings(compiled: CompiledModule): SourceMapMappings {
  return compiled.code.split('\n').map((_, line) => {
    const shifts = compiled.shifts[line] ?? [];
    const segments: [number, number, number, number][] = [[0, 0, line, 0]];
    let added = 0;
    for (let i = 0; i < shifts.length; i += 2) {
      added += shifts[i + 1] ?? 0;
      const column = (shifts[i] ?? 0) + added;
      segments.push([column, 0, line, unshiftColumn(compiled.shifts[line], column)]);
    }
    return segments;
  });
}

export function indexMapText(modules: readonly MappedModule[]): string {
  const sections = modules.map((module) => ({ offset: { line: module.line, column: 0 }, map: moduleSourceMap(module) }));
  return JSON.stringify({ version: 3, sections });
}
