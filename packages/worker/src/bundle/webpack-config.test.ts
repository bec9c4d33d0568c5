import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { resultOf } from '../isolate/drive.suite.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import { writeSources } from './bundle-of.suite.ts';
import { bundleWorkflowCodeSync } from './bundle-workflow-code.ts';
import type { WebpackConfig } from './webpack-config.ts';

const isolates: IvmIsolate[] = [];
afterAll(() => {
  for (const isolate of isolates) isolate.dispose();
});

type Hook = (config: WebpackConfig, folder: string) => unknown;

function run(files: Record<string, string>, hook: Hook): unknown {
  const folder = writeSources(files);
  const bundle = bundleWorkflowCodeSync({
    workflowsPath: path.join(folder, 'workflows.ts'),
    webpackConfigHook: (config) => hook(config, folder) as WebpackConfig,
  });
  const isolate = new IvmIsolate({ bundle });
  isolates.push(isolate);
  return resultOf(isolate, 'main');
}

const plain = { 'workflows.ts': `export async function main() { return process.env.NODE_ENV; }` };

describe('what a webpackConfigHook may change', () => {
  it('nothing, and what concerns webpack alone', () => {
    expect(run(plain, (config) => config)).toBe('production');
    expect(run(plain, (config) => ({ ...config, cache: { type: 'filesystem' }, stats: 'none' }))).toBe('production');
    class TsconfigPathsPlugin {}
    const withPlugin: Hook = (config) => {
      config.resolve?.plugins?.push(new TsconfigPathsPlugin());
      return config;
    };
    expect(run(plain, withPlugin)).toBe('production');
  });

  it('the mode', () => expect(run(plain, (config) => ({ ...config, mode: 'development' }))).toBe('development'));

  it('aliases, of files, packages and builtin modules', () => {
    const files = {
      'workflows.ts': `import { a } from 'a'; import { b } from 'b/deep'; import fs from 'node:fs'; import * as gone from 'gone'; import { lost } from 'lost'; export async function main() { return [a, b, fs.kind, Object.keys(gone), lost]; }`,
      'a.ts': `export const a = 'a';`,
      'b/deep.ts': `export const b = 'b';`,
      'fs.ts': `export default { kind: 'stub' };`,
      'lost.ts': `export const lost = 'found';`,
    };
    const hook: Hook = (config, folder) => ({
      ...config,
      resolve: {
        ...config.resolve,
        alias: { a$: `${folder}/a.ts`, b: `${folder}/b`, 'node:fs': `${folder}/fs.ts`, gone: false },
        fallback: { lost: [`${folder}/nowhere.ts`, `${folder}/lost.ts`] },
      },
    });
    expect(run(files, hook)).toEqual(['a', 'b', 'stub', ['default'], 'found']);
    const list: Hook = ({ resolve, ...config }, folder) => ({
      ...config,
      resolve: { ...resolve, alias: [{ name: 'a', alias: `${folder}/a.ts`, onlyModule: true }] },
    });
    expect(run({ ...files, 'workflows.ts': `import { a } from 'a'; export const main = async () => a;` }, list)).toBe(
      'a',
    );
  });

  it('externals, which code may look for in the process outside: it finds stand-ins', () => {
    const files = {
      'outside.js': `const { mainModule } = globalThis.constructor.constructor('return process')();
        globalThis.harness = mainModule.require('harness');`,
      'workflows.ts': `import './outside.js';
        import { Feature, connect } from 'harness';
        class Own extends Feature {}
        export const feature = new Feature({ workflow: main });
        export async function main() {
          let message = '';
          try { connect(); } catch (error) { message = (error as Error).message; }
          return [new Own() instanceof Own, message, typeof process];
        }`,
    };
    expect(run(files, (config) => ({ ...config, externals: { harness: 'harness' } }))).toEqual([
      true,
      'This function is of a module that the bundle leaves out (webpackConfigHook, externals), and cannot be called in workflow code',
      'undefined',
    ]);
  });

  it('extensions and conditions', () => {
    const files = {
      'workflows.ts': `import { kind } from './kind'; import { how } from 'how'; export async function main() { return [kind, how]; }`,
      'kind.ts': `export const kind = 'plain';`,
      'kind.flow.ts': `export const kind = 'flow';`,
      'node_modules/how/package.json': JSON.stringify({
        name: 'how',
        exports: { own: './own.js', default: './other.js' },
      }),
      'node_modules/how/own.js': `exports.how = 'own';`,
      'node_modules/how/other.js': `exports.how = 'other';`,
    };
    expect(run(files, (config) => config)).toEqual(['plain', 'other']);
    const hook: Hook = ({ resolve, ...config }) => ({
      ...config,
      resolve: { ...resolve, extensions: ['.flow.ts', '...'], conditionNames: ['own', '...'] },
    });
    expect(run(files, hook)).toEqual(['flow', 'own']);
  });

  it('constants, by a DefinePlugin', () => {
    class DefinePlugin {
      readonly definitions: object;
      constructor(definitions: object) {
        this.definitions = definitions;
      }
    }
    const files = {
      'workflows.ts': `import { lib } from './lib.js'; declare const RETRIES: number, CONFIG: { url: string };
        export async function main() { return [RETRIES, CONFIG.url, process.env.REGION, 'RETRIES', { RETRIES }, typeof process, lib]; }`,
      'lib.js': `exports.lib = process.env.REGION + IS_ON;`,
    };
    const hook: Hook = (config) => {
      config.plugins?.push(
        new DefinePlugin({ RETRIES: 3, IS_ON: true, CONFIG: '{"url":"u"}', 'process.env': { REGION: '"eu"' } }),
      );
      return config;
    };
    expect(run(files, hook)).toEqual([3, 'u', 'eu', 'RETRIES', { RETRIES: 3 }, 'undefined', 'eutrue']);
    expect(run({ 'workflows.ts': `export const main = async () => typeof RETRIES;` }, (config) => config)).toBe(
      'undefined',
    );
    const unknown: Hook = (config) => ({ ...config, plugins: [new DefinePlugin({ NOW: () => 1 })] });
    expect(() => run(files, unknown)).toThrow("DefinePlugin must define 'NOW' by code");
  });

  it('folders in which packages are', () => {
    const files = {
      'workflows.ts': `import { near } from 'near'; import { far } from 'far'; export async function main() { return [near, far]; }`,
      'node_modules/near/index.js': `exports.near = 'near';`,
      'elsewhere/near/index.js': `exports.near = 'wrong';`,
      'elsewhere/far/index.js': `exports.far = 'far';`,
    };
    const hook: Hook = (config, folder) => {
      config.resolve?.modules?.push(`${folder}/elsewhere`);
      return config;
    };
    expect(run(files, hook)).toEqual(['near', 'far']);
  });

  it.each<[string, object]>([
    ['by name', { test: /\.ts$/, use: 'ts-loader', exclude: /node_modules/ }],
    [
      'by file',
      { test: /\.tsx?$/, use: [{ loader: '/app/node_modules/ts-loader/index.js', options: { transpileOnly: true } }] },
    ],
    ['of SWC', { test: /\.[jt]s$/, loader: 'swc-loader' }],
  ])('loaders that only compile TypeScript, %s', (_, rule) => {
    expect(run(plain, (config) => ({ ...config, module: { rules: [rule] } }))).toBe('production');
  });

  it.each<[string, unknown]>([
    ['a name', 'outside'],
    ['a list of patterns', [/^out/]],
    ['an object', { outside: 'commonjs outside' }],
    [
      'a function',
      (data: { request: string }, done: (error?: unknown, external?: string) => void) =>
        data.request === 'outside' ? done(null, 'commonjs outside') : done(),
    ],
  ])('externals by %s', (_, externals) => {
    const files = {
      'workflows.ts': `import * as outside from 'outside'; import { x } from './x'; export async function main() { return [Object.keys(outside), x]; }`,
      'x.ts': `export const x = 1;`,
    };
    expect(run(files, (config) => ({ ...config, externals }))).toEqual([['default'], 1]);
  });
});

it('lets a global variable stand for an external module, and leaves out what cannot be bundled', () => {
  const files = {
    'workflows.ts': `import './set'; import { kind } from 'outside'; import { randomUUID } from 'node:crypto'; import * as none from 'nothing'; export async function main() { return [kind, typeof randomUUID, Object.keys(none)]; }`,
    'set.ts': `globalThis.standIn = { kind: 'of a global' };`,
  };
  const externals = { outside: 'standIn', nothing: 'never' };
  expect(run(files, (config) => ({ ...config, externals }))).toEqual(['of a global', 'undefined', ['default']]);
});

describe('what a webpackConfigHook may not change', () => {
  it.each<[string, Hook, string]>([
    [
      'loaders',
      (config) => {
        config.module?.rules?.push({ test: /x/ });
        return config;
      },
      'changes module,',
    ],
    [
      'loaders with options that change the code',
      (config) => ({
        ...config,
        module: { rules: [{ test: /\.ts$/, use: { loader: 'babel-loader', options: { plugins: ['x'] } } }] },
      }),
      'changes module,',
    ],
    [
      'loaders of files that are not TypeScript',
      (config) => ({ ...config, module: { rules: [{ test: /\.graphql$/, use: 'ts-loader' }] } }),
      'changes module,',
    ],
    ['plugins', (config) => ({ ...config, plugins: [{}] }), 'changes plugins,'],
    [
      'other plugins of resolve',
      ({ resolve, ...config }) => ({ ...config, resolve: { ...resolve, plugins: [{}] } }),
      'changes resolve.plugins,',
    ],
    ['the entry', (config) => ({ ...config, entry: './other.ts' }), 'changes entry,'],
    ['the target', (config) => ({ ...config, target: 'node' }), 'changes target,'],
    [
      'symlinks',
      ({ resolve, ...config }) => ({ ...config, resolve: { ...resolve, symlinks: false } }),
      'changes resolve.symlinks,',
    ],
    ['the mode to an unknown one', (config) => ({ ...config, mode: 'x' as 'none' }), 'Invalid configuration object.'],
    ['what is returned', () => undefined, 'must return a configuration'],
    ['when it is returned', async (config) => config, 'not a promise'],
    [
      'the form of an alias',
      ({ resolve, ...config }) => ({ ...config, resolve: { ...resolve, alias: { a: 1 } } }),
      "resolve.alias of 'a' must be",
    ],
    ['the form of externals', (config) => ({ ...config, externals: 1 }), 'externals must be'],
  ])('%s', (_, hook, message) => {
    expect(() => run(plain, hook)).toThrow(message);
  });
});

it('ignores packages with all their parts', () => {
  const folder = writeSources({
    'workflows.ts': `import * as a from 'gone'; import * as b from 'gone/deep'; import fs from 'node:fs/promises'; export async function main() { return [a, b, fs].map((x) => Object.keys(x).filter((key) => key !== 'default')); }`,
  });
  const bundle = bundleWorkflowCodeSync({
    workflowsPath: path.join(folder, 'workflows.ts'),
    ignoreModules: ['gone', 'fs'],
  });
  const isolate = new IvmIsolate({ bundle });
  isolates.push(isolate);
  expect(resultOf(isolate, 'main')).toEqual([[], [], []]);
});
