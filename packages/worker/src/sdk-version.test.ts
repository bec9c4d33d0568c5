import { readFileSync } from 'node:fs';
import clientPackage from '@reprise/client/lib/pkg';
import { expect, test } from 'vitest';
import { SDK_VERSION } from './sdk-version.ts';

test('histories, servers and package managers are told of one version', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect([SDK_VERSION, clientPackage.version]).toEqual([version, version]);
});
