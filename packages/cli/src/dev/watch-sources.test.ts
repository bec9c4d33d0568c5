import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchSources } from './watch-sources.ts';

let folder: string;
let stop: () => void;
const seen = new Set<string>();

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'reprise-watch-')));
  mkdirSync(join(folder, 'src/words'), { recursive: true });
  mkdirSync(join(folder, 'src/node_modules'));
  for (const name of ['worker.ts', 'words/one.ts']) writeFileSync(join(folder, 'src', name), '');
  seen.clear();
  const onChange = (files: string[]): void => files.forEach((file) => seen.add(file));
  stop = watchSources({ file: 'src/worker.ts', cwd: folder, onChange });
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true });
});

/** What is told until this file is. */
async function toldUntil(name: string): Promise<string[]> {
  const last = join(folder, 'src', name);
  await expect.poll(() => seen.has(last)).toBe(true);
  const told = [...seen].map((file) => file.slice(folder.length + 5));
  seen.clear();
  return told;
}

const write = (name: string): void => writeFileSync(join(folder, 'src', name), 'x');

/** As editors do that never leave half a file. */
function replace(name: string): void {
  writeFileSync(join(folder, 'new'), 'x');
  renameSync(join(folder, 'new'), join(folder, 'src', name));
}

test('files that are replaced are seen again and again', async () => {
  for (const change of [replace, replace, write, replace]) {
    for (const name of ['worker.ts', 'words/one.ts']) {
      change(name);
      expect(await toldUntil(name)).toEqual([name]);
    }
  }
});

test('new files and folders are seen, also those that were filled before they were noticed', async () => {
  write('more.ts');
  await toldUntil('more.ts');
  mkdirSync(join(folder, 'src/deep/deeper'), { recursive: true });
  write('deep/deeper/first.ts');
  await toldUntil('deep/deeper/first.ts');
  write('deep/deeper/second.ts');
  await toldUntil('deep/deeper/second.ts');
});

test('a folder that was taken away and is there again is watched', async () => {
  rmSync(join(folder, 'src/words'), { recursive: true });
  await toldUntil('words/one.ts');
  mkdirSync(join(folder, 'src/words'));
  write('words/one.ts');
  await toldUntil('words/one.ts');
  replace('words/one.ts');
  await toldUntil('words/one.ts');
});

test('what is no source, or belongs to others, is passed over', async () => {
  write('notes.txt');
  write('node_modules/index.js');
  write('worker.ts');
  expect(await toldUntil('worker.ts')).toEqual(['worker.ts']);
});
