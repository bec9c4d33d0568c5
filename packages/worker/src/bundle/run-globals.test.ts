import { afterAll, describe, expect, it } from 'vitest';
import { resultOf } from '../isolate/drive.suite.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import { bundleOf } from './bundle-of.suite.ts';

const isolates: IvmIsolate[] = [];
afterAll(() => {
  for (const isolate of isolates) isolate.dispose();
});

describe.each([{ strict: false }, { strict: true }])(
  'names set on the global object, strict: $strict',
  ({ strict }) => {
    /** What two runs give, one after the other. */
    function inTwoRuns(files: Record<string, string>): unknown[] {
      const isolate = new IvmIsolate({ bundle: bundleOf(files), strict });
      isolates.push(isolate);
      return [resultOf(isolate, 'main'), resultOf(isolate, 'main')];
    }

    it('are there under their bare names, for the run that set them', () => {
      const results = inTwoRuns({
        'workflows.ts': `
        import './set.ts'; import './set.cjs';
        declare const one: number, two: { K: new () => { k: number } }, three: number, four: number, five: number, fetch: any;
        const before = typeof five;
        export async function main() {
          const again = typeof five; (globalThis as any).five = 5;
          return [one, { one }, ((one: string) => one)('hidden'), new two.K().k, three, four, before, again, five, fetch('x'), typeof six];
        }
        declare const six: unknown;`,
        'set.ts': `(globalThis as any).one = 1; Object.assign(globalThis, { three: 3, four: 4 }); (globalThis as any).fetch ??= (url: string) => 'fetched ' + url;`,
        'set.cjs': `globalThis['two'] = { K: class { k = 2 } }; var root = Function('return this')(); root.seven = 7;`,
      });
      const expected = [1, { one: 1 }, 'hidden', 2, 3, 4, 'undefined', 'undefined', 5, 'fetched x', 'undefined'];
      expect(results).toEqual([expected, expected]);
    });

    it('are not those that a module declares itself', () => {
      const results = inTwoRuns({
        'workflows.ts': `import { a } from './a.ts'; (globalThis as any).a = 'global'; (globalThis as any).b = 'global'; var b = 'own'; export async function main() { return [a, b, (() => { var a = 'inner'; return a; })()]; }`,
        'a.ts': `export const a = 'imported';`,
      });
      expect(results).toEqual([
        ['imported', 'own', 'inner'],
        ['imported', 'own', 'inner'],
      ]);
    });

    it('are found by the ways to the global object that scripts take', () => {
      const results = inTwoRuns({
        'workflows.ts': `import root from './root.cjs'; export async function main() { const before = typeof root.mark; root.mark = 1; return [before, (globalThis as any).mark]; }`,
        'root.cjs': `module.exports = (function () { return this; })() || new Function("return this")();`,
      });
      expect(results).toEqual([
        ['undefined', 1],
        ['undefined', 1],
      ]);
    });

    it('and a library that adds metadata to Reflect adds it to that of the run', () => {
      const results = inTwoRuns({
        'tsconfig.json': `{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }`,
        'workflows.ts': `import 'reflect-metadata'; import { Dependency } from './dependency.ts';
        const marked = (target: object, key?: any): any => undefined; @marked class Service { constructor(readonly dependency: Dependency) {} }
        export async function main() { return [(Reflect as any).getMetadata('design:paramtypes', Service)[0] === Dependency, Reflect.has({ a: 1 }, 'a'), typeof (globalThis as any).Reflect.metadata]; }`,
        'dependency.ts': `export class Dependency {}`,
        'node_modules/reflect-metadata/package.json': `{ "name": "reflect-metadata" }`,
        'node_modules/reflect-metadata/index.js': `
        var all = new WeakMap();
        Object.defineProperty(Reflect, 'metadata', { configurable: true, writable: true, value: function (key, value) { return function (target) { all.set(target, Object.assign({}, all.get(target), { [key]: value })); }; } });
        Object.defineProperty(Reflect, 'getMetadata', { configurable: true, writable: true, value: function (key, target) { return all.get(target)[key]; } });`,
      });
      expect(results).toEqual([
        [true, true, 'function'],
        [true, true, 'function'],
      ]);
    });
  },
);
