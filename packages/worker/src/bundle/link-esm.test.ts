import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { resultOf } from '../isolate/drive.suite.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import { writeSources } from './bundle-of.suite.ts';
import { bundleWorkflowCodeSync } from './bundle-workflow-code.ts';

const isolates: IvmIsolate[] = [];
afterAll(() => {
  for (const isolate of isolates) isolate.dispose();
});

/** The result of `main` in `workflows.mjs`, in Node and in an isolate, each time it is called. */
function inBoth(files: Record<string, string>, options: { strict?: boolean } = {}): void {
  const folder = writeSources(files);
  const file = `${folder}/workflows.mjs`;
  const program = `const { main } = await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(JSON.stringify(await main()));`;
  const expected: unknown = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program]).toString(),
  );
  const isolate = new IvmIsolate({ bundle: bundleWorkflowCodeSync({ workflowsPath: file }), ...options });
  isolates.push(isolate);
  expect(resultOf(isolate, 'main')).toEqual(expected);
  // What one run did to its modules is not there for the next.
  expect(resultOf(isolate, 'main')).toEqual(expected);
}

const values = `
export let count = 0; export function increment() { count += 1; return count; }
export const one = 1, { two, nested: [three = 3, ...rest] } = { two: 2, nested: [undefined, 4, 5] };
export class Thing { static kind = 'thing'; constructor(n) { this.n = n; } self() { return this === undefined ? 'none' : 'some'; } }
export function whose() { return this === undefined; }
export const tag = (parts, ...holes) => parts.join('|') + holes.join('+');
export { one as 'a string', Thing as default };
`;

const programs: Readonly<Record<string, string>> = {
  'names that move while they are read': `
    import { count, increment } from './values.mjs'; import * as all from './values.mjs';
    export const main = () => [count, increment(), count, all.count, all['count'], typeof count, \`\${count}\`];`,
  'names hidden by others': `
    import { one, two, three } from './values.mjs';
    function ofParameter(one) { return one; } function ofVar() { if (true) { var two = 'var'; } return two; }
    const ofArrow = ({ one, deep: { two } = {} }, ...three) => [one, two, three];
    function ofBlocks() { const out = [one]; { let one = 'let'; out.push(one); } for (const one of ['for']) out.push(one);
      try { throw 'caught'; } catch (one) { out.push(one); } switch (1) { case 1: { class two {} out.push(typeof two); } } label: for (;;) { break label; } return [...out, one, two]; }
    const named = function three() { return typeof three; }; const Class = class one { static own = typeof one; };
    function declared() { return two(); function two() { return 'inner'; } }
    export const main = () => [ofParameter('p'), ofVar(), ofArrow({ one: 'a', deep: {} }, 'r'), ofBlocks(), named(), Class.own, declared(), one, two, three];`,
  'every place of a reference': `
    import Thing, { one, two, three, tag, whose, Thing as Again, 'a string' as text } from './values.mjs';
    import * as all from './values.mjs';
    class Sub extends Thing { [one] = two; static { this.at = one; } get [\`k\${two}\`]() { return one; } }
    const object = { one, two: two, [three]: three, one_: one, method() { return two; } };
    const { one: renamed, [one]: keyed = two } = { one: 'r' };
    export const main = () => [new Thing(1).n, new all.Thing(2).n, new Again().self(), new (class extends all.Thing {})(3).n, object, object.method(), renamed, keyed,
      new Sub(1)[1], Sub.at, new Sub(1).k2, tag\`a\${one}b\`, whose(), (whose)(), (0, whose)(), one ? two : three, one?.toFixed(1), [...[one, two]], \`\${text}\`, Thing.kind, all.Thing.kind, typeof missing, one in { 1: 1 }, 'a string' in all];`,
  'lines without semicolons': `
    import { one, whose } from './values.mjs'
    import { push, seen } from './seen.mjs'
    const first = one
    push('a')
    export { first }
    ;[1].forEach((n) => push(n))
    const second = first
    import './seen.mjs'
    push(second); (function () { push('called') })()
    let third = one
    export const fourth = 4
    push(third)
    export default whose
    export const main = () => seen`,
  'circles and functions before their modules': `
    import { early, ask } from './circle.mjs'; export function mine() { return 'mine'; } export const late = 'late';
    export const main = () => [early, ask()];`,
  'what is passed on': `
    import { renamed, space, one, dflt, deep } from './barrel.mjs'; import * as barrel from './barrel.mjs';
    export * from './barrel.mjs'; export { one as own } from './values.mjs';
    export const main = () => [renamed, space.two, one, new dflt(1).n, deep.space.three, Object.keys(barrel).sort(), barrel.deep.space.increment(), Object.isFrozen(barrel) || Object.isSealed(barrel)];`,
  'CommonJS, by its default and by its names': `
    import whole, { named } from './plain.cjs'; import * as space from './plain.cjs'; import flagged from './flagged.cjs';
    export const main = () => [whole.named, named, space.default.named, whole.method(), typeof flagged, flagged.default, new whole.Made().x];`,
  'imports at run time': `
    export const main = async () => { const order = []; queueMicrotask(() => order.push('micro'));
      const [a, b] = await Promise.all([import('./values.mjs'), import(
        /* a comment */ './plain.cjs')]); order.push('loaded');
      return [a.one, b.default.named, order.includes('micro'), a === (await import('./values.mjs'))]; };`,
  'defaults of all kinds': `
    import a from './d1.mjs'; import b from './d2.mjs'; import c from './d3.mjs'; import d from './d4.mjs'; import e, { e as same } from './d5.mjs';
    export const main = async () => [a(), await b(), new c().x, d, e === same, e()];`,
  'assignments beside imports': `
    import * as all from './values.mjs'; import { Thing } from './values.mjs';
    const tries = [() => { all.one = 2; }, () => { delete all.one; }, () => { Thing.extra = 1; [Thing.other] = [2]; ({ x: Thing.third } = { x: 3 }); Thing.extra++; }];
    export const main = () => [...tries.map((attempt) => { try { attempt(); return 'did'; } catch (error) { return error.constructor.name; } }), Thing.extra, Thing.other, Thing.third];`,
  'generators, waiting loops and what is disposed of': `
    import { one } from './values.mjs';
    async function* three() { yield one; yield* [2, 3]; }
    export const main = async () => { const out = []; for await (const n of three()) out.push(n); for (const one of [9]) out.push(one); return out; };`,
};

const beside = {
  'values.mjs': values,
  'seen.mjs': `export const seen = []; export const push = (x) => { seen.push(x); };`,
  'circle.mjs': `import { mine, late } from './workflows.mjs'; export const early = mine(); export const ask = () => late;`,
  'barrel.mjs': `export * from './values.mjs'; export { one as renamed, default as dflt } from './values.mjs'; export * as space from './values.mjs'; import * as deep from './barrel.mjs'; export { deep };`,
  'plain.cjs': `exports.named = 'n'; exports.method = function () { return this.named; }; exports.Made = class { x = 1; };`,
  'flagged.cjs': `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'd';`,
  'd1.mjs': `export default function () { return 'anonymous'; }`,
  'd2.mjs': `export default async function named() { return typeof named; }`,
  'd3.mjs': `export default class { x = 'class'; }`,
  'd4.mjs': `export default 1 + 1;`,
  'd5.mjs': `export default function e() { return 'both'; } export { e };`,
};

describe('ES modules do in an isolate what they do in Node', () => {
  it.each(Object.keys(programs))('%s', (name) => {
    inBoth({ ...beside, 'workflows.mjs': programs[name] ?? '' });
  });

  it('in a context for each run too', () => {
    const files = { ...beside, 'workflows.mjs': programs['what is passed on'] ?? '' };
    inBoth(files, { strict: true });
  });
});

const pack = (name: string, files: Record<string, string>): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, type: 'module', sideEffects: false, main: 'index.js' }),
  ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text])),
});

describe('packages without side effects', () => {
  const log = `export const made = [];`;
  const parts = `import { made } from './log.js';
    const make = (name) => { made.push(name); return class { static label = name; static of() { return new this(); } }; };
    export const A = /*@__PURE__*/ make('A'); export const B = /* @__PURE__ */ make('B');
    const Hidden = /* #__PURE__ */ new (make('Hidden'))(); export { Hidden as Shown };
    export const both = () => ({ A, b: new B() instanceof B, shadowed: ((A) => A)(1) });
    export const eager = make('eager');`;
  const files = pack('parts', {
    'index.js': `export * as ns from './parts.js'; export * from './parts.js'; export * from './log.js';`,
    'parts.js': parts,
    'log.js': log,
  });

  it('make what is marked as pure when it is first used, once', () => {
    const source = `import { ns, made } from 'parts';
      export const main = () => { const before = [...made]; const label = ns.A.label; ns.A.of(); new ns.A(); const after = [...made]; ns.both(); return { before, label, after, last: [...made, typeof ns.Shown] }; };`;
    const folder = writeSources({ ...files, 'workflows.mjs': source });
    const bundle = bundleWorkflowCodeSync({ workflowsPath: `${folder}/workflows.mjs` });
    const isolate = new IvmIsolate({ bundle });
    isolates.push(isolate);
    const expected = { before: [], label: 'A', after: ['eager', 'A'], last: ['eager', 'A', 'B', 'object'] };
    expect(resultOf(isolate, 'main')).toEqual(expected);
    expect(resultOf(isolate, 'main')).toEqual(expected);
    expect(bundle.modules.map(({ file }) => file.split('/').at(-1))).not.toContain('index.js');
  });

  it('give all they export as a namespace', () => {
    inBoth({
      ...files,
      'workflows.mjs': `import * as parts from 'parts'; export const main = () => [Object.keys(parts), Object.keys(parts.ns), parts.both().b, parts['A'].label];`,
    });
  });

  it('evaluate nothing that is shared by all runs within one of them', () => {
    const source = `import { ns, at } from 'parts'; export const main = () => [ns.A.at, at(), typeof ns.B];`;
    const folder = writeSources({
      ...pack('parts', {
        'index.js': `export * as ns from './parts.js'; export { at } from './at.js';`,
        'parts.js': `const now = () => ({ at: [Date.now(), Math.random()] }); export const A = /*@__PURE__*/ now(); export const B = /*@__PURE__*/ now();`,
        'at.js': `const loadedAt = [Date.now(), Math.random()]; export const at = () => loadedAt;`,
      }),
      'workflows.mjs': source,
    });
    const bundle = bundleWorkflowCodeSync({ workflowsPath: `${folder}/workflows.mjs`, preloadModules: ['parts'] });
    const isolate = new IvmIsolate({ bundle });
    isolates.push(isolate);
    expect(resultOf(isolate, 'main')).toEqual([[0, 0.5], [0, 0.5], 'object']);
  });
});
