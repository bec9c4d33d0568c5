import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { RecordedRun } from './recorded-run.suite.ts';
import './vitest.ts';
import { findWorkflowsPath } from './vitest/find-workflows-path.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(import.meta.dirname, '../.replayed-'));
  writeFileSync(
    join(folder, 'workflows.ts'),
    "import { sleep } from '@reprise/workflow';\nexport async function order() {\n  await sleep('1h');\n  return 1;\n}\n",
  );
  const run = new RecordedRun().task().timer('3600s').task();
  writeFileSync(join(folder, 'order.json'), JSON.stringify(run.completed(1)));
  writeFileSync(
    join(folder, 'imports.ts'),
    "import type { Other } from './other.js';\nimport { refund,\n  order as o } from './workflows.js';\nimport * as flows from './workflows.ts';\nflows.cancel();\n",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

test('histories replay against the module that exports the workflows', async () => {
  await expect(join(folder, 'workflows.ts')).toReplay(join(folder, '*.json'));
});

test('a divergence is shown as the command line shows it', async () => {
  writeFileSync(join(folder, 'broken.ts'), 'export async function order() {\n  return 1;\n}\n');
  const failing = expect(join(folder, 'broken.ts')).toReplay(join(folder, 'order.json'));
  await expect(failing).rejects.toThrow(/error\[R1004\]: timer 1h was removed/);
});

test('code that nothing interrupts is told of too', async () => {
  const loop = 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);';
  writeFileSync(join(folder, 'endless.ts'), `export async function order() {\n  ${loop}\n}\n`);
  const options = { activationTimeoutMs: 200 };
  const failing = expect(join(folder, 'endless.ts')).toReplay(join(folder, 'order.json'), options);
  await expect(failing).rejects.toThrow(/error\[R1010\]: workflow code did not come to an end/);
  const wrong = expect(join(folder, 'endless.ts')).toReplay(join(folder, 'order.json'), { activationTimeoutMs: 0 });
  await expect(wrong).rejects.toThrow('activationTimeoutMs must be a number of milliseconds above 0, found 0');
});

test('nothing to replay is no success', async () => {
  async function refund(): Promise<void> {}
  const options = { workflowsPath: join(folder, 'workflows.ts') };
  await expect(expect(refund).toReplay(join(folder, 'order.json'), options)).rejects.toThrow('nothing was replayed');
  const absent = expect(refund).not.toReplay(join(folder, 'order.json'), options);
  await expect(absent).rejects.toThrow("no history of workflow type 'refund'");
  await expect(expect(refund).toReplay(join(folder, 'none.json'), options)).rejects.toThrow(
    'there is no file or folder',
  );
});

test('the module of a function is found by the imports of the test', () => {
  const file = join(folder, 'imports.ts');
  expect(findWorkflowsPath(file, 'order')).toBe(join(folder, 'workflows.ts'));
  expect(findWorkflowsPath(file, 'cancel')).toBe(join(folder, 'workflows.ts'));
  expect(findWorkflowsPath(file, 'unknown')).toBe(undefined);
});
