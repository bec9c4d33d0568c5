import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { collectingTerminal } from '../command-line/collecting-terminal.suite.ts';
import { main } from '../main.ts';

const GOLDEN = join(import.meta.dirname, '../../../../test/golden/histories');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-show-'));
  for (const scenario of ['saga-compensates', 'activity-flaky', 'update-accepted', 'child-fails']) {
    const { histories } = JSON.parse(readFileSync(join(GOLDEN, `${scenario}.json`), 'utf8')) as {
      histories: Record<string, unknown[]>;
    };
    writeFileSync(join(folder, `${scenario}.json`), JSON.stringify(histories['']?.[0]));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

async function show(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const terminal = collectingTerminal(folder);
  const exitCode = await main(['history', 'show', ...args], terminal);
  return { exitCode, out: terminal.outText(), err: terminal.errText() };
}

test('a run is a timeline', async () => {
  const { exitCode, out } = await show('saga-compensates.json');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^saga {2}saga-compensates-\d+ {2}\w+ after /);
  expect(out).toMatch(/\n +1 {2}\+0\.000 {2}started /);
  expect(out).toMatch(/activity \w+ .* -> |activity \w+ .*failed: /);
});

test('attempts and failures are told', async () => {
  expect((await show('activity-flaky.json')).out).toMatch(/activity flaky .*attempt 3/);
  expect((await show('child-fails.json')).out).toMatch(/child \w+ .*failed: /);
  expect((await show('update-accepted.json')).out).toMatch(/update \w+/);
});

test('--json gives the history back', async () => {
  const { out } = await show('activity-flaky.json', '--json');
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(join(folder, 'activity-flaky.json'), 'utf8')));
});

test('what cannot be read is said', async () => {
  const { exitCode, err } = await show('gone.json');
  expect(exitCode).toBe(3);
  expect(err).toContain('gone.json: cannot be read');
});
