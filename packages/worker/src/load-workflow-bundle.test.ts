import { expect, test } from 'vitest';
import { bundleOf } from './bundle/bundle-of.suite.ts';
import { DefaultLogger } from './log/default-logger.ts';
import { loadWorkflowBundle } from './load-workflow-bundle.ts';

test('a bundle goes before what says how to make one, and a warning says so', async () => {
  const lines: string[] = [];
  const logger = new DefaultLogger('WARN', ({ message }) => lines.push(message));
  const { code, buildId } = bundleOf({ 'workflows.ts': 'export async function work() { return 7; }' });
  const interceptors = { workflowModules: ['./nowhere.ts'] };
  const loaded = await loadWorkflowBundle(
    { workflowBundle: { code }, workflowsPath: './nowhere.ts', interceptors },
    logger,
  );
  expect(loaded?.buildId).toBe(buildId);
  expect(lines).toEqual([
    'Ignoring WorkerOptions.workflowsPath because WorkerOptions.workflowBundle is set',
    'Ignoring WorkerOptions.interceptors.workflowModules because WorkerOptions.workflowBundle is set',
  ]);
});

test.each([
  ['is cut off', (script: string) => script.slice(0, -100), /^The workflow bundle is cut off: its end is missing\./],
  ['was changed', (script: string) => script.replace('$require=', '$require=='), /^The workflow bundle was changed: /],
  ['is not text', (script: string) => Buffer.from(script) as never, /workflowBundle: code must be a string$/],
])('a bundle that %s is told at once', async (_, damage, message) => {
  const { script } = bundleOf({ 'workflows.ts': 'export async function work() { return 7; }' });
  const workflowBundle = { code: damage(script) };
  await expect(loadWorkflowBundle({ workflowBundle }, new DefaultLogger('ERROR'))).rejects.toThrow(message);
});

test('a bundle whose source map is cut off runs, without positions', async () => {
  const { code } = bundleOf({ 'workflows.ts': 'export async function work() { return 7; }' });
  const workflowBundle = { code: code.slice(0, -100) };
  const loaded = await loadWorkflowBundle({ workflowBundle }, new DefaultLogger('ERROR'));
  expect(loaded?.mapper.frames('Error: x\n    at work (workflow-bundle.js:5:5)')).toEqual([]);
});
