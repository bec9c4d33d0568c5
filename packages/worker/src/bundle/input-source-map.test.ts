import { transformSync } from '@swc/core';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSources } from './bundle-of.suite.ts';
import { bundleWorkflowCodeSync } from './bundle-workflow-code.ts';
import { inputSourceMap } from './input-source-map.ts';
import { WorkflowBundle } from './workflow-bundle.ts';

const written = `interface Order {
  id: number;
}

export async function work(order: Order): Promise<string> {
  throw new Error('no ' + String(order.id));
}
`;

/** What a compiler that ran before leaves: code, and a map beside it or in it. */
function compiledBefore(module: 'commonjs' | 'es6', sourceMaps: boolean | 'inline'): { code: string; map: string } {
  const options = { filename: '../src/workflows.ts', sourceMaps, module: { type: module } } as const;
  const { code, map = '' } = transformSync(written, {
    ...options,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  return { code, map };
}

/** Where in the author's file the bundled code threw, by a stack with the position of the `throw` in the script. */
function placeOfThrow(bundle: WorkflowBundle): string {
  const lines = bundle.script.split('\n');
  const line = lines.findIndex((text) => text.includes('throw new Error('));
  const at = (lines[line] ?? '').indexOf('new Error');
  return bundle.mapper.mapStack(`Error\n    at work (workflow-bundle.js:${line + 1}:${at + 1})`).split('\n')[1] ?? '';
}

describe.each(['commonjs', 'es6'] as const)('%s that was compiled before', (module) => {
  it('is spoken of by the lines that its author wrote', () => {
    const { code, map } = compiledBefore(module, true);
    const files = {
      'lib/workflows.js': `${code}\n//# sourceMappingURL=workflows.js.map\n`,
      'lib/workflows.js.map': map,
    };
    const folder = writeSources({ ...files, 'src/workflows.ts': written });
    const bundle = bundleWorkflowCodeSync({ workflowsPath: path.join(folder, 'lib/workflows.js') });
    const file = path.join(folder, 'src/workflows.ts');
    expect(placeOfThrow(bundle)).toBe(`    at work (${file}:6:9)`);
    expect(bundle.mapper.sourceOf(file)).toBe(written);
    const read = WorkflowBundle.parse(bundle.code);
    expect(placeOfThrow(read)).toBe(`    at work (${file}:6:9)`);
    expect(read.mapper.sourceOf(file)).toBe(written);
  });
});

it('takes a map that is part of the file, and does without one that cannot be read', () => {
  const { code } = compiledBefore('es6', 'inline');
  expect(inputSourceMap('/app/lib/a.js', code)?.sources).toEqual(['/app/src/workflows.ts']);
  for (const url of [
    'gone.js.map',
    'data:application/json,{',
    'data:application/json,{}',
    'https://a.example/a.js.map',
  ])
    expect(inputSourceMap('/app/lib/a.js', `export const a = 1;\n//# sourceMappingURL=${url}`)).toBeUndefined();
  expect(inputSourceMap('/app/node_modules/a/a.js', code)).toBeUndefined();
});
