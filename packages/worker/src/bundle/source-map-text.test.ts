import { encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec';
import { expect, it } from 'vitest';
import { lineShifts, originalColumn, type Edit } from './edits.ts';
import { indexMapText, moduleSourceMap } from './source-map-text.ts';

/** Lines, and changes of them at places drawn by a seed. */
function changedText(seed: number): { code: string; edits: Edit[] } {
  let state = seed * 2 + 1;
  const below = (bound: number): number => (state = Math.imul(state, 48_271) & 0x7fff_ffff) % bound;
  const lines = Array.from({ length: below(8) }, () => 'x'.repeat(below(12)));
  const code = lines.join('\n');
  const edits: Edit[] = [];
  for (let at = below(9); at <= code.length; at += below(9)) {
    const lineEnd = code.indexOf('\n', at);
    const rest = (lineEnd === -1 ? code.length : lineEnd) - at;
    const removed = below(rest + 1);
    edits.push({ at, removed, text: 'y'.repeat(below(6)) });
    at += removed + 1;
  }
  return { code, edits };
}

/** Each line begins where it began, and each change makes a new segment. */
function expected(code: string, edits: readonly Edit[]): SourceMapMappings {
  const byLine = lineShifts(code, edits);
  return code.split('\n').map((_, line) => {
    const shifts = byLine.get(line) ?? [];
    let moved = 0;
    const columns = shifts.map(({ column, added, removed }) => column + removed + (moved += added - removed));
    return [
      [0, 0, line, 0],
      ...columns.map((column) => [column, 0, line, originalColumn(shifts, column)] as const),
    ].map(([to = 0, source = 0, at = 0, from = 0]) => [to, source, at, from]);
  });
}

it('maps modules that were taken as they are, whatever was changed in them', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const { code, edits } = changedText(seed);
    const compiled = { kind: 'esm', code, edits: [], requires: [] } as const;
    const { mappings } = moduleSourceMap({ file: 'x.js', source: code, compiled, edits, line: 0 });
    expect({ code, edits, mappings }).toEqual({ code, edits, mappings: encode(expected(code, edits)) });
  }
});

it('lists the files of a bundle, beside the sections that have them', () => {
  const compiled = { kind: 'esm', code: 'a', edits: [], requires: [] } as const;
  const modules = ['a.ts', 'b.ts'].map((file, line) => ({ file, source: 'a', compiled, edits: [], line }));
  const map = JSON.parse(indexMapText(modules)) as { sources: string[]; sections: { map: { sources: string[] } }[] };
  expect(map.sources).toEqual(['a.ts', 'b.ts']);
  expect(map.sections.map((section) => section.map.sources)).toEqual([['a.ts'], ['b.ts']]);
});
