import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { localPackages } from './local-packages.ts';
import { projectFiles } from './project-files.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reprise-local-')));
afterAll(() => rmSync(folder, { recursive: true }));

const entry = join(folder, 'app/node_modules/reprise/dist/init.js');
mkdirSync(join(folder, 'app/node_modules/reprise/dist'), { recursive: true });
mkdirSync(join(folder, 'tarballs'));
for (const file of [entry, join(folder, 'tarballs/reprise.tgz'), join(folder, 'tarballs/common.tgz')])
  writeFileSync(file, '');

test('a project is made with the tarballs that the command itself came from', () => {
  const packages = {
    'node_modules/reprise': { resolved: 'file:../tarballs/reprise.tgz' },
    'node_modules/@reprise/common': { resolved: 'file:../tarballs/common.tgz' },
    'node_modules/@reprise/gone': { resolved: 'file:../tarballs/gone.tgz' },
    'node_modules/@reprise/client': { resolved: 'https://registry.example/client.tgz' },
    'node_modules/other': { resolved: 'file:../tarballs/common.tgz' },
  };
  writeFileSync(join(folder, 'app/node_modules/.package-lock.json'), JSON.stringify({ packages }));
  const local = localPackages(entry);
  expect([...local]).toEqual([
    ['reprise', `file:${join(folder, 'tarballs/reprise.tgz')}`],
    ['@reprise/common', `file:${join(folder, 'tarballs/common.tgz')}`],
  ]);
  const manifest = JSON.parse(projectFiles({ name: 'x', version: '1.2.3', local }).get('package.json') ?? '') as object;
  expect(manifest).toMatchObject({
    dependencies: { '@reprise/client': '^1.2.3' },
    devDependencies: { reprise: local.get('reprise') },
    overrides: { '@reprise/common': local.get('@reprise/common') },
  });
});

test('otherwise with versions of the registry', () => {
  expect(localPackages(import.meta.filename).size).toBe(0);
  expect(projectFiles({ name: 'x', version: '1.2.3', local: new Map() }).get('package.json')).not.toContain(
    'overrides',
  );
});
