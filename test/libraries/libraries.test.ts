import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleWorkflowCodeSync } from '../../packages/worker/src/bundle/bundle-workflow-code.ts';
import { resultOf } from '../../packages/worker/src/isolate/drive.suite.ts';
import { IvmIsolate } from '../../packages/worker/src/isolate/ivm-isolate.ts';
import { installLibraries } from './install.ts';

installLibraries();

const workflowsPath = fileURLToPath(new URL('workflows.js', import.meta.url));
const native = (await import(workflowsPath)) as Record<string, () => Promise<unknown>>;
const names = Object.keys(native);
const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
};
const bundle = bundleWorkflowCodeSync({ workflowsPath });
const sharing = bundleWorkflowCodeSync({ workflowsPath, preloadModules: Object.keys(manifest.dependencies) });

/** Each library does the same work in Node and in an isolate, and comes to the same results. */
describe.each([
  { way: 'a set of modules for each run', options: { bundle } },
  { way: 'a context for each run', options: { bundle, strict: true } },
  { way: 'preloaded and shared', options: { bundle: sharing } },
])('libraries in workflow code, $way', ({ options }) => {
  const isolate = new IvmIsolate({ ...options, memoryLimitMb: 1024, deadlineMs: 60_000 });
  afterAll(() => isolate.dispose());

  it('are at least thirty', () => expect(names.length).toBeGreaterThanOrEqual(30));

  it.each(names)('%s', async (name) => {
    const expected: unknown = JSON.parse(JSON.stringify(await native[name]?.()));
    expect(resultOf(isolate, name)).toEqual(expected);
  });
});
