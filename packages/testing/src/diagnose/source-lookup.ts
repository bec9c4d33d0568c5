import { relative } from 'node:path';

import type { SourcePlace } from './finding.ts';

export interface SourceFrame {
  readonly functionName: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The way from a raw stack of the isolate to the user's source. */
export interface SourceMaps {
  frames(rawStack: string): SourceFrame[];
  sourceOf(file: string): string | undefined;
}

/** What a diagnosis asks of the source of the code under test. */
export interface SourceLookup {
  place(rawStack: string | undefined): SourcePlace | undefined;
  /** All text of a file as places name it. */
  text(file: string): string | undefined;
  /** Whether user code still speaks of a name. */
  mentions(pattern: RegExp): boolean;
  /** Ids given to patched() and deprecatePatch() as plain text, in the order of the source. */
  readonly patchIds: readonly string[];
}

const IN_LIBRARY = /[\\/]node_modules[\\/]/;
const PATCH_CALL = /\b(?:patched|deprecatePatch)\(\s*(['"`])([^'"`]+)\1/g;

export function sourceLookup(maps: SourceMaps, { files, cwd }: { files: readonly string[]; cwd: string }): SourceLookup {
  const shown = (file: string): string => {
    const path = relative(cwd, file);
    return path.startsWith('..') || path === '' ? file : path;
  };
  const absolute = new Map(files.map((file) => [shown(file), file]));
  const own = files.filter((file) => !IN_LIBRARY.test(file));
  const texts = (): string[] => own.map((file) => maps.sourceOf(file) ?? '');
  return {
    place(rawStack) {
      const frames = rawStack === undefined ? [] : maps.frames(rawStack);
      const frame = frames.find(({ file }) => !IN_LIBRARY.test(file)) ?? frames[0];
      if (frame === undefined) return undefined;
      const { file, line, column, functionName } = frame;
      const symbol = functionName?.replace(/^(async|new) /, '');
      absolute.set(shown(file), file);
      return { file: shown(file), line, column, ...(symbol === undefined ? {} : { symbol }) };
    },
    text: (file) => maps.sourceOf(absolute.get(file) ?? file),
    mentions: (pattern) => own.length === 0 || texts().some((text) => pattern.test(text)),
    get patchIds() {
      const ids = texts().flatMap((text) => [...text.matchAll(PATCH_CALL)].map((match) => match[2] ?? ''));
      return [...new Set(ids)];
    },
  };
}
