import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleWorkflowCodeSync } from '../bundle/bundle-workflow-code.ts';
import { resultOf } from './drive.suite.ts';
import { IvmIsolate } from './ivm-isolate.ts';

const hardCases = fileURLToPath(new URL('../../../../test/golden/async-scopes/hard-cases.ts', import.meta.url));

describe.each([{ strict: false }, { strict: true }])('async scopes, strict: $strict', ({ strict }) => {
  const isolate = new IvmIsolate({ bundle: bundleWorkflowCodeSync({ workflowsPath: hardCases }), strict });
  afterAll(() => isolate.dispose());

  it('hold over every construct of the language', () => {
    const results = resultOf(isolate, 'hardCases') as Record<string, string>;
    expect(Object.keys(results)).toHaveLength(79);
    expect(Object.entries(results).filter(([, result]) => result !== 'ok')).toEqual([]);
  });
});
