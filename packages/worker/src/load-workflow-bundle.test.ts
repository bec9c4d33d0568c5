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
