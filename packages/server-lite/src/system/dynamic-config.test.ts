import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createDynamicConfig, type DynamicConfigKey, dynamicConfigDefaults } from './dynamic-config.ts';

const page = readFileSync(fileURLToPath(new URL('../../../../docs/server.md', import.meta.url)), 'utf8');
const rows = [...page.matchAll(/^\| `([\w.]+)`\s*\| ([^|]+?)\s*\|/gm)].map(([, key = '', shown = '']) => ({
  key,
  shown,
}));

/** What configuration would have to say for the default to stay as it is. */
function valueOf(shown: string): unknown {
  return shown === 'no limit' ? 0 : JSON.parse(shown.replaceAll('`', ''));
}

it('the page about the server has every setting', () => {
  expect(rows.map(({ key }) => key).toSorted()).toEqual(Object.keys(dynamicConfigDefaults).toSorted());
});

it.each(rows)('the page about the server has the default of $key', ({ key, shown }) => {
  const { config } = createDynamicConfig({ [key]: valueOf(shown) });
  expect(config.get(key as DynamicConfigKey)).toBe(dynamicConfigDefaults[key as DynamicConfigKey]);
});
