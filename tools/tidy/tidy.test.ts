import { describe, expect, it } from 'vitest';
import { publishableFolders, readManifest } from '../pack/publishable-folders.ts';
import { cycles } from './rules/cycles.ts';
import { directions } from './rules/directions.ts';
import { manifests } from './rules/manifests.ts';
import { names } from './rules/names.ts';
import { purity } from './rules/purity.ts';
import { sizes } from './rules/sizes.ts';
import { text } from './rules/text.ts';
import { parseSource, readSources } from './sources.ts';

describe('the repository', () => {
  const sources = readSources();

  it.each([
    ['sizes', sizes],
    ['names', names],
    ['purity', purity],
    ['text', text],
    ['directions', directions],
  ])('keeps to the rules on %s', (_name, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });

  it('publishes packages of one form', () => {
    expect(publishableFolders().flatMap((folder) => manifests(folder, { ...readManifest(folder) }))).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cycles(sources)).toEqual([]);
  });
});

describe('the rules find', () => {
  const machineFile = 'packages/worker/src/machine/run.ts';
  const complaints = (rule: (source: ReturnType<typeof parseSource>) => string[], code: string, path = machineFile) =>
    rule(parseSource(path, code)).length;

  it.each([
    'export async function f() {}',
    'export const now = () => Date.now();',
    'export const roll = () => Math.random();',
    "import fs from 'node:fs';\nexport { fs };",
    'export const p = new Promise(() => {});',
  ])('impurity in %j', (code) => {
    expect(complaints(purity, code)).toBeGreaterThan(0);
  });

  it('nothing impure in types', () => {
    expect(complaints(purity, 'export type Due = Date | Promise<void>;')).toBe(0);
  });

  it('long files, functions and classes', () => {
    expect(complaints(sizes, 'export {};\n'.repeat(360))).toBe(1);
    expect(complaints(sizes, `export function f() {${'\n'.repeat(80)}}\n`)).toBe(1);
    expect(complaints(sizes, `class A {${Array.from({ length: 21 }, (_, i) => `m${i}() {}\n`).join('')}}\n`)).toBe(1);
  });

  it('names that say nothing', () => {
    expect(complaints(names, 'export {};', 'packages/client/src/utils.ts')).toBe(1);
    expect(complaints(names, 'export {};', 'packages/client/src/retryPolicy.ts')).toBe(1);
    expect(complaints(names, 'export class PollManager {}')).toBe(1);
  });

  it('imports against the direction', () => {
    expect(
      complaints(directions, "import { Client } from '@reprise/client';", 'packages/server-lite/src/server.ts'),
    ).toBe(1);
    expect(complaints(directions, "import { poll } from '../poll/long-poll.ts';")).toBe(1);
    expect(complaints(directions, "import ivm from 'isolated-vm';", 'packages/worker/src/worker.ts')).toBe(1);
    expect(complaints(directions, "import { a } from '@reprise/common/dist/a.js';")).toBe(1);
  });

  it('cycles, for types too', () => {
    const a = parseSource('packages/client/src/a.ts', "import type { B } from './b.ts';\nexport type A = B;");
    const b = parseSource('packages/client/src/b.ts', "import { A } from './a.ts';\nexport type B = A;");
    expect(cycles([a, b])).toHaveLength(1);
  });

  it('notes left behind and export *', () => {
    expect(complaints(text, '// TODO later\nexport {};')).toBe(1);
    expect(complaints(text, "export * from './a.ts';")).toBe(1);
  });
});
