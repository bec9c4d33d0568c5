import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { checkOut } from './checkout.ts';
import { RenamedFiles } from './renamed-files.ts';

const TEXT = Array.from({ length: 20 }, (_, line) => `export const line${line} = ${line};\n`).join('');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-renamed-'));
  const run = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  run('init', '--quiet');
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app/old.ts'), TEXT);
  writeFileSync(join(folder, 'app/kept.ts'), 'export {};\n');
  run('add', '.');
  run('commit', '--quiet', '--message', 'one');
  renameSync(join(folder, 'app/old.ts'), join(folder, 'app/new.ts'));
  writeFileSync(join(folder, 'app/new.ts'), `${TEXT}export const more = 1;\n`);
  writeFileSync(join(folder, 'app/fresh.ts'), 'export const fresh = true;\n');
  run('add', '.');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('files are known by the names that they had, seen from the folder', () => {
  const renamed = new RenamedFiles('HEAD', join(folder, 'app'));
  expect(['new.ts', 'kept.ts', 'fresh.ts'].map((file) => renamed.oldName(file))).toEqual([
    'old.ts',
    'kept.ts',
    'fresh.ts',
  ]);
  expect(renamed.namesOf('old.ts')).toEqual(['old.ts', 'new.ts']);
  expect(renamed.namesOf('new.ts')).toEqual(['old.ts', 'new.ts']);
});

test('a commit that is not there is said so', () => {
  expect(() => checkOut('nowhere', folder)).toThrow("--base: there is no commit 'nowhere' in this repository");
});
