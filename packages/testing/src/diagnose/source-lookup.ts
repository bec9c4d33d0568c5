import { relative } from 'node:path';

import { type FunctionText, functionsOf, type TextPosition } from '@reprise/worker/replay';

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
  /** All frames of the user's own code, the innermost first. */
  places(rawStack: string | undefined): SourcePlace[];
  /** The first function of the user's code with that name. */
  functionNamed(name: string): FunctionInFile | undefined;
  /** The innermost function around a place. */
  functionAt(place: SourcePlace): FunctionInFile | undefined;
  /** All text of a file as places name it. */
  text(file: string): string | undefined;
  /** Whether user code still speaks of a name. */
  mentions(pattern: RegExp): boolean;
  /** Where a function is defined. */
  definition(name: string): SourcePlace | undefined;
  /** Where a text stands first. */
  textPlace(text: string): SourcePlace | undefined;
  /** Names of functions that user code exports. */
  readonly exportedNames: readonly string[];
  /** Ids given to patched() and deprecatePatch() as plain text, in the order of the source. */
  readonly patchIds: readonly string[];
}

export interface FunctionInFile {
  /** As places name it. */
  readonly file: string;
  readonly text: FunctionText;
}

const IN_LIBRARY = /[\\/]node_modules[\\/]/;
const PATCH_CALL = /\b(?:patched|deprecatePatch)\(\s*(['"`])([^'"`]+)\1/g;

/** Functions, and constants that may be some: not definitions of messages, nor proxies. */
const EXPORT = /^\s*export\s+(?:(?:async\s+)?function\s*|const\s+(?![^=]*=\s*(?:\w+\.)?(?:define|proxy)\w*))([\w$]+)/gm;

/** An engine names the place of a call by its parenthesis; a reader looks for the name before it. */
function callStart(line: string, column: number): number {
  if (line[column - 1] !== '(') return column;
  const before = /[\w$]+\s*$/.exec(line.slice(0, column - 1));
  return before === null ? column : before.index + 1;
}

function isInside({ line, column }: TextPosition, { start, end }: FunctionText): boolean {
  const isFrom = line > start.line || (line === start.line && column >= start.column);
  return isFrom && (line < end.line || (line === end.line && column <= end.column));
}

/** Parses each file once. */
function functionReader(maps: SourceMaps): (file: string) => FunctionText[] {
  const functions = new Map<string, FunctionText[]>();
  return (file) => {
    const known = functions.get(file) ?? functionsOf(maps.sourceOf(file) ?? '', file);
    functions.set(file, known);
    return known;
  };
}

export function sourceLookup(
  maps: SourceMaps,
  { files, cwd }: { files: readonly string[]; cwd: string },
): SourceLookup {
  const shown = (file: string): string => {
    const path = relative(cwd, file);
    return path.startsWith('..') || path === '' ? file : path;
  };
  const absolute = new Map(files.map((file) => [shown(file), file]));
  const own = files.filter((file) => !IN_LIBRARY.test(file));
  const texts = (): string[] => own.map((file) => maps.sourceOf(file) ?? '');
  const find = (pattern: RegExp | string, name: string): SourcePlace | undefined => {
    for (const file of own) {
      const lines = (maps.sourceOf(file) ?? '').split('\n');
      const index = lines.findIndex((line) =>
        typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line),
      );
      if (index >= 0) return { file: shown(file), line: index + 1, column: (lines[index] ?? '').indexOf(name) + 1 };
    }
    return undefined;
  };
  const functionsIn = functionReader(maps);
  const placeOf = ({ file, line, functionName, column: called }: SourceFrame): SourcePlace => {
    const column = callStart(maps.sourceOf(file)?.split('\n')[line - 1] ?? '', called);
    const symbol = functionName?.replace(/^(?:async |new )?(?:Object\.)?/, '').replace(/ \[as .*\]$/, '');
    absolute.set(shown(file), file);
    return { file: shown(file), line, column, ...(symbol === undefined ? {} : { symbol }) };
  };
  return {
    place(rawStack) {
      const frames = rawStack === undefined ? [] : maps.frames(rawStack);
      const frame = frames.find(({ file }) => !IN_LIBRARY.test(file)) ?? frames[0];
      return frame === undefined ? undefined : placeOf(frame);
    },
    places(rawStack) {
      const frames = rawStack === undefined ? [] : maps.frames(rawStack);
      return frames.filter(({ file }) => !IN_LIBRARY.test(file)).map(placeOf);
    },
    functionNamed(name) {
      for (const file of own) {
        const text = functionsIn(file).find((each) => each.name === name);
        if (text !== undefined) return { file: shown(file), text };
      }
      return undefined;
    },
    functionAt(place) {
      const text = functionsIn(absolute.get(place.file) ?? place.file).findLast((each) => isInside(place, each));
      return text === undefined ? undefined : { file: place.file, text };
    },
    text: (file) => maps.sourceOf(absolute.get(file) ?? file),
    mentions: (pattern) => own.length === 0 || texts().some((text) => pattern.test(text)),
    definition(name) {
      const found = find(new RegExp(`\\bfunction\\s+${name}\\b|\\b(?:const|let|var)\\s+${name}\\s*=`), name);
      return found === undefined ? undefined : { ...found, symbol: name };
    },
    textPlace: (text) => find(text, text),
    get exportedNames() {
      const names = texts().flatMap((text) => [...text.matchAll(EXPORT)].map((match) => match[1] ?? ''));
      return [...new Set(names)];
    },
    get patchIds() {
      const ids = texts().flatMap((text) => [...text.matchAll(PATCH_CALL)].map((match) => match[2] ?? ''));
      return [...new Set(ids)];
    },
  };
}
