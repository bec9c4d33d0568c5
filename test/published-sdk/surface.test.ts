import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { installPublishedSdk } from './install.ts';
import { surfaceDifferences } from './surface-differences.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

beforeAll(() => installPublishedSdk());

const matcher = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

it('has every name, member and option that the published SDK exports, but for what is listed', () => {
  const output = execFileSync(process.execPath, ['src/surface.ts'], { cwd: folder, encoding: 'utf8' });
  const found = JSON.parse(output) as string[];
  const listed = Object.values(surfaceDifferences).flat();
  const isListed = (difference: string) => listed.some((pattern) => matcher(pattern).test(difference));
  expect(found.filter((difference) => !isListed(difference))).toEqual([]);
  expect(listed.filter((pattern) => !found.some((difference) => matcher(pattern).test(difference)))).toEqual([]);
});
