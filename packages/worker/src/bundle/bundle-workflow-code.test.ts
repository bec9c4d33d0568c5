import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drive, resultOf } from '../isolate/drive.suite.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import { WorkflowBundleError } from './bundle-error.ts';
import { bundleOf, writeSources } from './bundle-of.suite.ts';
import { bundleWorkflowCode, bundleWorkflowCodeSync } from './bundle-workflow-code.ts';
import { WorkflowBundle } from './workflow-bundle.ts';

const isolates: IvmIsolate[] = [];
afterAll(() => {
  for (const isolate of isolates) isolate.dispose();
});

function run(files: Record<string, string>, options: Parameters<typeof bundleOf>[1] = {}, workflow = 'main'): unknown {
  const isolate = new IvmIsolate({ bundle: bundleOf(files, options) });
  isolates.push(isolate);
  return resultOf(isolate, workflow);
}

function refusal(files: Record<string, string>, options: Parameters<typeof bundleOf>[1] = {}): WorkflowBundleError {
  try {
    bundleOf(files, options);
  } catch (error) {
    if (error instanceof WorkflowBundleError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const withoutFolder = (error: WorkflowBundleError): string =>
  error.message.replaceAll(/\/\S*reprise-bundle-\w+\//g, '');

describe('what a bundle refuses', () => {
  it.each([
    [undefined, 'BundleOptions must be an object, got undefined'],
    [{}, 'BundleOptions.workflowsPath must be the path of the module that exports the workflows, got undefined'],
    [{ workflowsPath: '' }, "got ''"],
    [
      { workflowsPath: './x', ignoreModules: ['zod'], preloadModules: ['zod/mini', 'luxon'] },
      "Cannot preload modules that are also ignored: 'zod/mini'",
    ],
    [{ workflowsPath: './x', ignoreModules: 'fs' }, "BundleOptions.ignoreModules must be an array, got 'fs'"],
  ])('%j', (options, message) => {
    expect(() => bundleWorkflowCodeSync(options as never)).toThrow(message);
  });

  it('names the chain of imports to a module that workflow code cannot use', () => {
    const error = refusal({
      'workflows.ts': `export * from './orders.js'; export * from './more.js';`,
      'orders.ts': `import { charge } from './pay/charge.js'; export const order = async () => charge();`,
      'pay/charge.ts': `import { readFileSync } from 'node:fs'; export const charge = () => readFileSync('x');`,
      'more.ts': `import { Client } from '@temporalio/client'; export const more = async () => Client;`,
    });
    expect(withoutFolder(error)).toBe(
      [
        'Workflow code, or a library that it uses, is importing the following disallowed modules:',
        "  - '@temporalio/client'",
        "  - 'node:fs'",
        '',
        "Module '@temporalio/client' cannot be used in workflow code.",
        '  workflows.ts',
        '  └ imports more.ts',
        '    └ imports @temporalio/client',
        'The package works outside of workflow code only: if only types are needed, write `import type`; else move what uses @temporalio/client to an activity.',
        '',
        "Module 'node:fs' cannot be used in workflow code.",
        '  workflows.ts',
        '  └ imports orders.ts',
        '    └ imports pay/charge.ts',
        '      └ imports node:fs',
        'It is a builtin module of Node, which has no deterministic form: do this work in an activity.',
      ].join('\n'),
    );
    expect(error.importChain.map((file) => path.basename(file))).toEqual(['workflows.ts', 'more.ts', 'client']);
  });

  it('names the importer of a missing module', () => {
    const error = refusal({ 'workflows.ts': `import './gone.js'; export const a = 1;` });
    expect(withoutFolder(error)).toMatch(
      /^Module '.\/gone.js' is not found from workflows.ts\.\n {2}workflows.ts\n {2}└ imports .\/gone.js\n/,
    );
  });

  it('shows where a file does not compile', () => {
    const error = refusal({
      'workflows.ts': `import './bad.js';`,
      'bad.ts': `export const a = 1;\nexport const b = ;\n`,
    });
    expect(withoutFolder(error)).toMatch(
      /^bad\.ts:2:\d+: Expression expected\n {2}1 \| export const a = 1;\n> 2 \| export const b = ;\n/,
    );
    expect(withoutFolder(error)).toContain('└ imports bad.ts');
  });

  it.each(['export const b = ;', 'export const b = 1; const b = 2;', 'export const b = <div>;'])(
    'shows where a module of a package is none: %s',
    (line) => {
      const error = refusal({
        'workflows.ts': `export { b } from 'broken';`,
        'node_modules/broken/package.json': '{ "type": "module", "main": "index.js", "sideEffects": false }',
        'node_modules/broken/index.js': `export const a = 1;\n${line}\n`,
      });
      expect(withoutFolder(error)).toMatch(/^node_modules\/broken\/index\.js(?::\d+:\d+)?: .+\n/);
      expect(withoutFolder(error)).toContain(`> 2 | ${line}`);
      expect(withoutFolder(error)).toContain('└ imports node_modules/broken/index.js');
    },
  );

  it('says so when the file of an option does not exist', () => {
    expect(() => bundleWorkflowCodeSync({ workflowsPath: '/nowhere/workflows.ts' })).toThrow(
      /option workflowsPath was not found: \/nowhere/,
    );
  });

  it.each(['photo.png', 'style.css'])('does not take %s', (file) => {
    expect(refusal({ 'workflows.ts': `import './${file}';`, [file]: '' }).message).toMatch(
      /can import TypeScript, JavaScript and JSON, not \.\w+/,
    );
  });

  it('reads no bundle of another make or version', () => {
    expect(() => WorkflowBundle.parse('module.exports = {}', 'a.js')).toThrow(
      'a.js is not a bundle made by bundleWorkflowCode',
    );
    const other = bundleOf({ 'workflows.ts': '' }).code.replace('"contractVersion":2', '"contractVersion":99');
    expect(() => WorkflowBundle.parse(other)).toThrow(/was made for version 99 of the workflow runtime/);
  });
});

describe('what a bundle takes', () => {
  it('types, JSON, CommonJS, ES modules, cycles and re-exports', () => {
    const result = run({
      'workflows.ts': `
        import type { Client } from '@temporalio/client'; import { type Worker } from '@temporalio/worker'; import data from './data.json'; import cjs, { named } from './cjs.cjs'; import * as all from './all.mjs'; import { later } from './a.js'; export * from './b.js';
        enum Color { Red = 3 } namespace Space { export const inside = 4 } type T = Client | Worker;
        export async function main(x?: T) { return [data.n, cjs.named, cjs.file, named, all.one, all.default, later(), Color.Red, Space.inside, (await import('./b.js')).fromB, x ?? null]; }`,
      'data.json': '{ "n": 1 }',
      'cjs.cjs': `module.exports = { named: 2, file: require.resolve('./elsewhere') };`,
      'all.mjs': `export * from './one.mjs'; export { default } from './one.mjs'; import cjs from './flagged.cjs'; export const flagged = cjs.default;`,
      'one.mjs': `export const one = 'one'; export default 'standard';`,
      'flagged.cjs': `exports.__esModule = true; exports.default = 5;`,
      'a.ts': `import { fromB } from './b.js'; export const later = () => fromB; export const fromA = 'A';`,
      'b.ts': `import { fromA } from './a.js'; export const fromB = 'B'; export const lazyA = () => fromA;`,
    });
    expect(result).toEqual([1, 2, './elsewhere', 2, 'one', 'standard', 'B', 3, 4, 'B', null]);
  });

  it('what the runtime provides as the default of an ES module, and files that begin as scripts do', () => {
    const result = run({
      'workflows.ts': `#!/usr/bin/env node\nexport { main } from './main.mjs';`,
      'main.mjs': `#!/usr/bin/env node\nimport wf, { sleep } from '@reprise/workflow'; import common from '@reprise/common';
        export async function main() { return [wf.sleep === sleep, typeof common.ApplicationFailure]; }`,
    });
    expect(result).toEqual([true, 'function']);
  });

  it('the names by which a file speaks of itself', () => {
    const result = run({
      'workflows.ts': `
        import cjs from './cjs.cjs'; import { own } from './own.js';
        const atOnce = [__filename, __dirname, import.meta.url];
        export async function main() { return [...atOnce, ...cjs, own]; }`,
      'cjs.cjs': `module.exports = [__filename, __dirname];`,
      'own.ts': `const __filename = 'declared'; export const own = __filename;`,
    });
    expect(result).toEqual(['/workflows.ts', '/', 'file:///workflows.ts', '/cjs.cjs', '/', 'declared']);
  });

  it('packages by their conditions, fields and nested versions', () => {
    const pack = (name: string, json: object, files: Record<string, string>): Record<string, string> => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', ...json }),
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text])),
    });
    const result = run({
      'workflows.ts': `import { kind } from 'dual'; import { where } from 'browserish'; import user from 'user'; import { deep } from '@alias/deep'; export async function main() { return [kind, where, user, deep]; }`,
      'tsconfig.json': `{ // comments are fine
        "compilerOptions": { "paths": { "@alias/*": ["./src/aliased/*"] } } }`,
      'src/aliased/deep.ts': `export const deep: string = 'deep';`,
      ...pack(
        'dual',
        { exports: { import: './i.mjs', require: './r.cjs' } },
        { 'i.mjs': `export const kind = 'esm';`, 'r.cjs': `exports.kind = 'cjs';` },
      ),
      ...pack(
        'browserish',
        { main: './node.js', browser: { './node.js': './web.js', fs: false } },
        {
          'node.js': `exports.where = 'node';`,
          'web.js': `const fs = require('fs'); exports.where = 'web' + Object.keys(fs).length;`,
        },
      ),
      ...pack(
        'user',
        {},
        {
          'index.js': `module.exports = require('dual').kind; try { require('not-installed') } catch (e) { module.exports += e.code } try { require('fs') } catch (e) { module.exports += e.code }`,
        },
      ),
    });
    expect(result).toEqual(['esm', 'web0', 'cjsMODULE_NOT_FOUNDMODULE_NOT_FOUND', 'deep']);
  });

  it('a default that a module completes before it passes it on', () => {
    const result = run({
      'workflows.ts': `import whole from 'completed'; export async function main() { return whole.part(); }`,
      'node_modules/completed/package.json': '{ "name": "completed", "type": "module", "sideEffects": false }',
      'node_modules/completed/index.js': `export { default } from './whole.js';`,
      'node_modules/completed/whole.js': `import whole from './bare.js';\nwhole.part = () => 'part';\nexport default whole;`,
      'node_modules/completed/bare.js': `export default function whole() {}`,
    });
    expect(result).toBe('part');
  });

  it('NODE_ENV, with the branch that it switches off left out', () => {
    const files = {
      'workflows.ts': `import mode from './mode.cjs'; export async function main() { return [mode, process.env.NODE_ENV]; }`,
      'mode.cjs': `if (process.env.NODE_ENV === 'production') module.exports = 'p'; else module.exports = require('node:fs');`,
    };
    expect(run(files)).toEqual(['p', 'production']);
    expect(() => bundleOf(files, { mode: 'development' })).toThrow(/node:fs/);
  });

  it('modules that are ignored, and ones that are provided', () => {
    const files = {
      'workflows.ts': `import fs from 'node:fs'; import assert from 'node:assert'; import { URL } from 'url'; import util from 'util'; export async function main() { assert.ok(true); return [Object.keys(fs), new URL('a:b').href, util.format('%s', 1)]; }`,
    };
    expect(run(files, { ignoreModules: ['fs'] })).toEqual([[], 'a:b', '1']);
  });

  it('decorators of both kinds, and using', () => {
    const source = `
      const seen: string[] = [];
      const note = (...args: any[]) => { seen.push(typeof args[1] === 'object' ? 'standard ' + args[1].kind : 'legacy ' + String(args[1])); };
      @note class A { @note method() { return 1; } }
      export async function main() { { using a = { [Symbol.dispose]: () => void seen.push('disposed') }; await using b = { [Symbol.asyncDispose]: async () => void seen.push('disposed later') }; seen.push(String(new A().method())); } return seen; }`;
    const disposed = ['1', 'disposed later', 'disposed'];
    expect(run({ 'workflows.ts': source })).toEqual(['standard method', 'standard class', ...disposed]);
    expect(
      run({ 'workflows.ts': source, 'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }' }),
    ).toEqual(['legacy method', 'legacy undefined', ...disposed]);
  });

  it("TypeScript's CommonJS, and require in ES modules", () => {
    const result = run({
      'workflows.ts': `import made = require('./made'); const other = require('./other.mjs'); let gone: string; try { require('gone'); } catch (error) { gone = (error as any).code; } export async function main() { return [made.a, other.b, gone]; }`,
      'made.ts': `const made = { a: 1 }; export = made;`,
      'other.mjs': `export const b = 2;`,
    });
    expect(result).toEqual([1, 2, 'MODULE_NOT_FOUND']);
  });

  it('names that are not exported, until they are called', () => {
    const files = {
      'workflows.ts': `import { nope } from './x.js'; export async function main() { return typeof nope; } export async function call() { return nope(); }`,
      'x.ts': `export const x = 1;`,
    };
    expect(run(files)).toBe('undefined');
    expect(() => run(files, {}, 'call')).toThrow('nope is not a function');
  });

  it('interceptors and converters by path', () => {
    const folder = writeSources({
      'workflows.ts': `export async function main() { return 1; }`,
      'i.ts': `export const interceptors = () => ({ inbound: [{ execute: async (input: any, next: any) => (await next(input)) + 10 }] });`,
    });
    const bundle = bundleWorkflowCodeSync({
      workflowsPath: folder + '/workflows.ts',
      workflowInterceptorModules: [folder + '/i.ts'],
    });
    const isolate = new IvmIsolate({ bundle });
    isolates.push(isolate);
    expect(resultOf(isolate, 'main')).toBe(11);
  });
});

describe('positions', () => {
  const source = `import { thrower } from './thrower.js';

/* 😀 */ export async function main(): Promise<void> {
  const before: number = await Promise.resolve(1); for (const n of [before]) await thrower(n);
}
`;
  const thrower = `export async function thrower(n: number): Promise<never> {
  await null; throw new RangeError('n is ' + n);
}
`;

  it.each([false, true])('lead to the TypeScript, read from text: %s', async (fromText) => {
    const folder = writeSources({ 'workflows.ts': source, 'thrower.ts': thrower });
    const made = await bundleWorkflowCode({ workflowsPath: path.join(folder, 'workflows.ts') });
    const bundle = fromText ? WorkflowBundle.parse(made.code) : made;
    const isolate = new IvmIsolate({ bundle });
    isolates.push(isolate);
    const { outcome } = drive(isolate, 'main');
    const stack = 'failure' in outcome ? (outcome.failure.stackTrace ?? '') : '';
    expect(bundle.mapper.mapStack(stack).replaceAll(`${folder}/`, '')).toMatch(
      /^RangeError: n is 1\n {4}at thrower \(thrower\.ts:2:21\)\n {4}at async \S+(?: \[as \w+\])? \(workflows\.ts:4:78\)$/,
    );
    const [frame] = bundle.mapper.frames(stack);
    expect(frame && bundle.mapper.codeFrame(frame)).toContain(
      "> 2 |   await null; throw new RangeError('n is ' + n);\n    |                     ^",
    );
  });
});

describe('the cache on disk', () => {
  it('gives the same bundle, and survives damage', () => {
    const folder = writeSources({
      'workflows.ts': `import { a } from './a.js'; export async function main() { return await a(); }`,
      'a.ts': `export const a = async () => 1;`,
    });
    const cacheDir = path.join(folder, 'cache');
    const options = { workflowsPath: path.join(folder, 'workflows.ts'), cacheDir };
    const first = bundleWorkflowCodeSync(options);
    const files = readdirSync(cacheDir);
    expect(files).toHaveLength(2);
    for (const file of files) writeFileSync(path.join(cacheDir, file), '{ damaged');
    expect(bundleWorkflowCodeSync(options).code).toBe(first.code);
  });

  it('names the version of the code by its content alone', () => {
    const files = { 'workflows.ts': `export async function main() { return 1; }` };
    expect(bundleOf(files).buildId).toBe(bundleOf(files).buildId);
    expect(bundleOf(files).buildId).not.toBe(
      bundleOf({ 'workflows.ts': `export async function main() { return 2; }` }).buildId,
    );
  });
});

it('takes our package for one of the other scope that is not installed', () => {
  const files = {
    'workflows.ts': "export { greet } from '@temporalio/greetings/lib/greet';",
    'node_modules/@reprise/greetings/package.json':
      '{ "name": "@reprise/greetings", "type": "module", "exports": { "./lib/*": "./*.js" } }',
    'node_modules/@reprise/greetings/greet.js': 'export async function greet() {}',
  };
  const { modules } = bundleOf(files, { mapTemporalScope: true });
  expect(modules.map(({ file }) => path.basename(file))).toContain('greet.js');
  expect(() => bundleOf(files)).toThrow("Module '@temporalio/greetings/lib/greet' is not found");
});
