import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { resultOf } from '../isolate/drive.suite.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import { bundleOf } from './bundle-of.suite.ts';

const isolates: IvmIsolate[] = [];
afterAll(() => {
  for (const isolate of isolates) isolate.dispose();
});

function run(files: Record<string, string>, options: Parameters<typeof bundleOf>[1] = {}): unknown {
  const isolate = new IvmIsolate({ bundle: bundleOf(files, options) });
  isolates.push(isolate);
  return resultOf(isolate, 'main');
}

describe('our packages under the names of the other scope, as npm aliases them', () => {
  const workflow = { name: '@reprise/workflow', version: '0.1.0', main: 'index.js' };
  const files = {
    'workflows.ts': `import { inWorkflowContext } from '@temporalio/workflow'; import { inside } from 'contrib'; export const main = async () => [inWorkflowContext(), inside()];`,
    'node_modules/contrib/index.js': `const workflow = require('@temporalio/workflow'); exports.inside = () => workflow.inWorkflowContext();`,
    'node_modules/@temporalio/workflow/package.json': JSON.stringify(workflow),
    'node_modules/@temporalio/workflow/index.js': `exports.inWorkflowContext = () => 'another copy';`,
  };

  it('are the ones that the isolate has', () => expect(run(files)).toEqual([true, true]));

  it('are other modules when they are not ours', () => {
    const theirs = { ...workflow, name: '@temporalio/workflow' };
    const installed = { ...files, 'node_modules/@temporalio/workflow/package.json': JSON.stringify(theirs) };
    expect(run(installed)).toEqual(['another copy', 'another copy']);
  });
});

describe('instrument', () => {
  const files = {
    'workflows.ts': `import { one } from 'one'; export const main = async (): Promise<string> => 'here ' + one;`,
    'node_modules/one/index.js': `exports.one = 'there';`,
  };

  it('changes the modules of the user before they are compiled, and none of packages', () => {
    const seen: string[] = [];
    const instrument = (text: string, file: string): string => {
      seen.push(path.basename(file));
      return text.replace("'here '", "'now '");
    };
    expect(run(files, { instrument })).toBe('now there');
    expect(run(files)).toBe('here there');
    expect(seen).toEqual(['workflows.ts']);
  });

  it('must return text', () => {
    expect(() => bundleOf(files, { instrument: (() => undefined) as never })).toThrow(
      /BundleOptions\.instrument must return the text of .*workflows\.ts, got undefined/,
    );
  });
});
