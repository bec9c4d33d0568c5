import { afterAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../bundle/bundle-of.suite.ts';
import { activationOf, creationOf, drive, initializeJob, resultOf } from './drive.suite.ts';
import type { IsolateLostError } from './isolate.ts';
import { IvmIsolate } from './ivm-isolate.ts';

/** Each tries to leave something behind or to get hold of something; `probe` says what an honest run then sees. */
const workflows = `
const attempt = (f: () => unknown): unknown => { try { const v = f(); return typeof v === 'function' || typeof v === 'object' ? typeof v : v; } catch (e) { return (e as Error)?.name ?? String(e); } };
const g = globalThis as any;
let moduleState = 0;

export async function probe() {
  return {
    polluted: [({} as any).polluted, ([] as any).polluted, ((async () => {}) as any).polluted, (Promise.resolve() as any).polluted, new (Map as any)().polluted, (/x/ as any).polluted, ('' as any).polluted, ((function* () {}) as any)().polluted],
    globals: [g.leak, attempt(() => (0, eval)('typeof leak')), attempt(() => Function('return typeof leak')())],
    methods: [[1, 2].map((x) => x).length, JSON.stringify({ a: 1 }), Math.max(1, 2), Object.keys({ a: 1 }).length, new Map([[1, 2]]).get(1), [...'ab'].length, isNaN(1)],
    promise: await Promise.resolve(1).then((x) => x + 1), species: await new Promise((r) => r(3)), moduleState: ++moduleState,
    stack: typeof new Error('x').stack, limit: (Error as any).stackTraceLimit, now: Date.now(), prepared: String(new Error('x').stack).startsWith('Error: x'),
    match: 'abc'.replace(/b/, 'x'), date: new Date(0).toISOString(), text: new TextEncoder().encode('a').length, url: new URL('http://a/b').pathname, regexpSource: /a/.source,
  };
}

export async function pollutePrototypes() {
  const targets: any[] = [Object.prototype, Array.prototype, Function.prototype, Promise.prototype, Map.prototype, RegExp.prototype, String.prototype, Number.prototype, Error.prototype, Date.prototype, Symbol.prototype,
    Object.getPrototypeOf(async function () {}), Object.getPrototypeOf(function* () {}), Object.getPrototypeOf(async function* () {}), Object.getPrototypeOf([][Symbol.iterator]()), Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), Object.getPrototypeOf(Uint8Array), Intl.DateTimeFormat.prototype, URL.prototype, TextEncoder.prototype, AbortSignal.prototype, AsyncLocalStorage.prototype, Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())), Map.prototype.get, Object.prototype.toString, Promise.prototype.then, Function.prototype.call, console, JSON, Math, Reflect, Atomics, Intl, crypto];
  const results = new Set<unknown>();
  for (const target of targets) {
    results.add(attempt(() => { target.polluted = 'yes'; return target.polluted ?? 'not set'; }));
    results.add(attempt(() => Object.defineProperty(target, 'polluted', { value: 'yes', configurable: true }) && 'defined'));
    results.add(attempt(() => Object.setPrototypeOf(target, { polluted: 'yes' }) === target && Object.getPrototypeOf(target)?.polluted === 'yes' ? 'moved' : 'same'));
    results.add(attempt(() => Reflect.set(target, 'polluted', 1) === false ? 'refused' : 'set'));
  }
  return [...results].filter((r) => r !== 'TypeError' && r !== 'refused' && r !== 'same');
}

export async function replaceBuiltins() {
  const tries: [any, PropertyKey][] = [[Array.prototype, 'map'], [Array.prototype, Symbol.iterator], [JSON, 'stringify'], [Math, 'max'], [Math, 'random'], [Date, 'now'], [Object, 'keys'], [Promise.prototype, 'then'], [Promise, 'resolve'], [Promise, Symbol.species], [Array, Symbol.species], [RegExp.prototype, 'exec'], [RegExp.prototype, Symbol.replace], [String.prototype, 'replace'], [Map.prototype, 'get'], [Map.prototype, 'set'], [Set.prototype, 'has'], [Object.prototype, 'toString'], [Object.prototype, '__proto__'], [Function.prototype, 'call'], [Function.prototype, Symbol.hasInstance], [Error, 'captureStackTrace'], [console, 'log'], [Symbol, 'iterator'], [Reflect, 'apply'], [URL.prototype, 'pathname'], [TextEncoder.prototype, 'encode']];
  return tries.filter(([target, key]) => { try { const before = Object.getOwnPropertyDescriptor(target, key); target[key] = () => 'stolen'; return JSON.stringify(before) !== JSON.stringify(Object.getOwnPropertyDescriptor(target, key)) || target[key]?.() === 'stolen'; } catch { return false; } }).map(([, key]) => String(key));
}

export async function leakGlobals() {
  attempt(() => { g.leak = 'mine'; }); attempt(() => Function('this.leak = 1')()); attempt(() => Function('leak = 1')()); attempt(() => (0, eval)('var leak = 1')); attempt(() => (0, eval)('globalThis.leak = 1'));
  attempt(() => new (Object.getPrototypeOf(async function () {}).constructor)('globalThis.leak = 1')()); attempt(() => Function('return ' + 'this')().leak = 1); attempt(() => Object.defineProperty(Function('return globalThis')(), 'leak', { value: 1 }));
  attempt(() => (function (this: any) { this.leak = 1; }).call(undefined)); attempt(() => Object.getPrototypeOf(globalThis).leak = 1); attempt(() => (0, eval)('let leak = 1'));
  attempt(() => Object.getPrototypeOf(Function('return ' + 'this')()).leak = 1); attempt(() => Object.defineProperty(Object.getPrototypeOf(Function('return ' + 'this')()), 'leak', { value: 1 })); attempt(() => Object.setPrototypeOf(Function('return ' + 'this')(), { leak: 1 }));
  return [g.leak, moduleState++];
}

export async function escape() {
  const roots: unknown[] = [g, console.log, Date, Math.random, setTimeout, URL, crypto.randomUUID, TextDecoder, structuredClone, AsyncLocalStorage, assert, Promise.prototype.then, new Error('x'), (() => { try { null!.x; } catch (e) { return e; } })(), (() => { try { (function f(): any { return f(); })(); } catch (e) { return e; } })(), new URL('http://a/').searchParams, await import('@reprise/workflow'), await import('@reprise/common')];
  const found = new Set<string>();
  for (const root of roots) {
    const F = attempt(() => (root as any).constructor.constructor) && (root as any)?.constructor?.constructor;
    if (typeof F !== 'function') continue;
    for (const code of ['return typeof process', 'return typeof require', 'return typeof Buffer', 'return typeof fetch', 'return typeof WebAssembly', 'return typeof SharedArrayBuffer', 'return typeof setInterval', 'return typeof $0', 'return typeof _ivm', 'return typeof runs', 'return typeof host'])
      { const seen = attempt(() => F(code)()); if (seen !== 'undefined') found.add(code + ' -> ' + String(seen)); }
  }
  const walked = new Set<unknown>(); const queue: unknown[] = [...roots];
  while (queue.length > 0 && walked.size < 20000) {
    const value: any = queue.pop(); if ((typeof value !== 'object' && typeof value !== 'function') || value === null || walked.has(value)) continue; walked.add(value);
    queue.push(attempt2(() => Object.getPrototypeOf(value)));
    for (const key of attempt2(() => Reflect.ownKeys(value)) ?? []) { if (/^(applySync|derefInto|evalClosureSync|compileScriptSync|createContextSync)$/.test(String(key))) found.add('isolated-vm ' + String(key)); const d = attempt2(() => Object.getOwnPropertyDescriptor(value, key)); if (d) queue.push(d.value, d.get, d.set); }
  }
  return [...found];
}
const attempt2 = (f: () => any) => { try { return f(); } catch { return undefined; } };

export async function stacks() {
  const E = Error as any; const before = E.stackTraceLimit; const sites: unknown[] = [];
  attempt(() => { E.prepareStackTrace = (_: unknown, s: any[]) => { sites.push(...s.map((x) => x.getFunction?.()), ...s.map((x) => x.getThis?.())); return 'stolen'; }; });
  attempt(() => { E.stackTraceLimit = 0; });
  return [String(new Error('x').stack).includes('stolen'), sites.filter((s) => s !== undefined).length, before];
}

export async function freezeErrors() {
  const E = Error as any;
  return [
    attempt(() => Object.defineProperty(E, 'stackTraceLimit', { value: 0, writable: false, configurable: false })), attempt(() => Object.defineProperty(E, 'stackTraceLimit', { get: () => 0 })),
    attempt(() => Object.freeze(E)), attempt(() => Object.setPrototypeOf(E, {})), attempt(() => { E.leak = 1; return E.leak; }), attempt(() => delete E.stackTraceLimit), attempt(() => Object.freeze(Object.getPrototypeOf(TypeError))), attempt(() => { (Object.getPrototypeOf(assert.AssertionError) as any).leak = 1; }),
  ];
}

export async function errors() {
  class Mine extends Error { static seen = 0; override name = 'Mine'; }
  (Mine as any).stackTraceLimit = 3; (Error as any).stackTraceLimit = 1;
  const deep = (n: number): Error => n === 0 ? new Mine('deep', { cause: 1 }) : deep(n - 1);
  const frames = deep(20).stack!.split('\\n').length - 1;
  (Error as any).stackTraceLimit = 10;
  const called = (Error as any)('called');
  return [frames, new Mine('m') instanceof Error, new TypeError('t') instanceof Error, Object.getPrototypeOf(Mine) === Error, new Mine('m').constructor === Mine, new Error('e').constructor === Error, called.message, Object.getPrototypeOf(RangeError) === Error, new Error('x').stack!.split('\\n')[1]!.includes('errors'), Object.prototype.toString.call(new Mine('x')), new AggregateError([1], 'a').errors.length];
}

export async function rejectsLikeADeadline() { void Promise.reject(new Error('Script execution timed out.')); await new Promise((r) => setTimeout(r, 1)); }
export async function rejectsLikeTheMemoryLimit() { void Promise.reject(new RangeError('Array buffer allocation failed: memory limit')); await new Promise((r) => setTimeout(r, 1)); }
export async function rejectsWithoutEnd() { void Promise.reject({ get message() { for (;;); } }); await new Promise(() => {}); }
export async function rejectsWithoutText() { void Promise.reject(Symbol('x')); await new Promise((r) => setTimeout(r, 1)); }
export async function holdsOn() {
  console.log('so far so good');
  await null;
  console.log('and on');
  const spin = () => {
    for (;;);
  };
  spin();
}
export async function hoards() { const all: string[] = []; for (;;) all.push('x'.repeat(2 ** 20) + all.length); }
export async function awaitsWithoutEnd() { for (;;) await null; }

export async function mutateProvided() {
  const workflow: any = await import('@reprise/workflow'); const common: any = await import('@reprise/common');
  return [workflow, common].flatMap((ns) => Object.keys(ns).filter((key) => attempt(() => { ns[key] = 1; return ns[key] === 1; }) === true || attempt(() => { if (typeof ns[key] !== 'function' && typeof ns[key] !== 'object') return false; ns[key].leak = 1; return ns[key].leak === 1; }) === true || attempt(() => { const p = ns[key]?.prototype; if (!p) return false; p.leak = 1; return p.leak === 1; }) === true));
}

export async function dynamicImport() {
  const name = 'node:fs';
  return [await Promise.resolve().then(() => import(name)).then(() => 'loaded', (e) => e.message), null, await (attempt2(() => Function('return import("node:fs")')()) ?? Promise.reject(new Error('none'))).then(() => 'loaded', () => 'refused')];
}

export async function clearOthers(handle: number) { clearTimeout(handle); const own = setTimeout(() => {}, 1000); clearTimeout(own); return typeof own; }
export async function waits() { let fired = 0; setTimeout(() => fired++, 10); await new Promise((r) => setTimeout(r, 20)); return fired; }

export async function thenables() {
  const seen: string[] = []; const evil = { get then() { seen.push('got'); return (resolve: (v: unknown) => void) => { seen.push('called'); resolve({ then: (r: any) => r('twice') }); }; } };
  const value = await (evil as any);
  return [value, seen];
}
export async function hugeStrings() { const s = 'x'.repeat(2 ** 20); return [attempt(() => s.repeat(2 ** 12).length > 0), attempt(() => 'a'.padEnd(2 ** 30).length), new TextEncoder().encode(s).length]; }
export async function returnsGetter() { return { get a() { throw new TypeError('getter'); } }; }
export async function returnsProxy() { return new Proxy({}, { ownKeys() { throw new RangeError('trap'); } }); }
export async function returnsToJson() { return { toJSON: () => ({ ok: true }) }; }
export async function setsOwnGlobal() { g.mine = 5; g.Promise = g.Promise; return [g.mine, 'mine' in g, Object.keys(g).includes('mine'), g.globalThis === g, delete g.mine, g.mine]; }
declare const AsyncLocalStorage: any; declare const assert: any;
`;

const ATTACKS = [
  'pollutePrototypes',
  'replaceBuiltins',
  'leakGlobals',
  'escape',
  'stacks',
  'freezeErrors',
  'errors',
  'mutateProvided',
  'dynamicImport',
  'thenables',
  'hugeStrings',
];

describe.each([{ strict: false }, { strict: true }])('attacks from workflow code, strict: $strict', ({ strict }) => {
  const bundle = bundleOf({ 'workflows.ts': workflows });
  const isolate = new IvmIsolate({ bundle, strict });
  const fresh = new IvmIsolate({ bundle, strict });
  const honest = resultOf(fresh, 'probe');
  afterAll(() => {
    isolate.dispose();
    fresh.dispose();
  });

  it.each(ATTACKS)('%s leaves nothing for other runs', (attack) => {
    drive(isolate, attack);
    expect(resultOf(isolate, 'probe')).toEqual(honest);
  });

  it('gives no module at run time', () => {
    const [message, , viaFunction] = resultOf(isolate, 'dynamicImport') as [string, unknown, string];
    expect(message).toMatch(/Cannot require 'node:fs'/);
    expect(viaFunction).toBe('refused');
  });

  it('does not end the timers of another run', () => {
    const [mine, other] = [creationOf('mine', 'waits'), creationOf('other', 'clearOthers')];
    isolate.create(mine);
    isolate.create(other);
    const started = isolate.activate('mine', activationOf([initializeJob(mine, [])]));
    isolate.activate('other', activationOf([initializeJob(other, [1])]));
    const fired = isolate.activate(
      'mine',
      activationOf([
        { kind: 'fireTimer', seq: 1 },
        { kind: 'fireTimer', seq: 2 },
      ]),
    );
    expect(started.status).toBe('completed');
    expect(fired).toMatchObject({ status: 'completed', intents: [{ kind: 'completeWorkflow', result: { d: '1' } }] });
    isolate.release('mine');
    isolate.release('other');
  });

  it.each(['returnsGetter', 'returnsProxy'])('fails the run alone when a value bites: %s', (workflowType) => {
    expect(drive(isolate, workflowType).outcome).toHaveProperty('failure');
    expect(resultOf(isolate, 'probe')).toEqual(honest);
  });
});

describe('a run that would end its isolate', () => {
  const bundle = bundleOf({ 'workflows.ts': workflows });
  const startBeside = (workflowType: string, limits: { deadlineMs: number; memoryLimitMb?: number }) => {
    const isolate = new IvmIsolate({ bundle, isGuarded: true, ...limits });
    const neighbour = creationOf('neighbour', 'waits');
    isolate.create(neighbour);
    isolate.activate('neighbour', activationOf([initializeJob(neighbour, [])]));
    try {
      return { driven: drive(isolate, workflowType).outcome, goesOn: isolate.liveRuns === 1 };
    } catch (error) {
      return { error: error as IsolateLostError, goesOn: isolate.liveRuns === 1 };
    } finally {
      isolate.dispose();
    }
  };

  it.each(['rejectsLikeADeadline', 'rejectsLikeTheMemoryLimit', 'rejectsWithoutText'])(
    'fails alone when it only says so: %s',
    (workflowType) => {
      const { driven, goesOn } = startBeside(workflowType, { deadlineMs: 60_000 });
      expect(driven).toMatchObject({
        failure: { message: expect.stringContaining('Unhandled Promise rejection: ') as string },
      });
      expect(goesOn).toBe(true);
    },
  );

  it('is named with its line when it does not yield', () => {
    const { error } = startBeside('holdsOn', { deadlineMs: 1500 });
    expect(error).toMatchObject({ name: 'IsolateLostError', reason: 'deadline', runKey: 'holdsOn' });
    const line = workflows.split('\n').indexOf('    for (;;);') + 1;
    expect(error?.message).toMatch(
      new RegExp(
        `workflow holdsOn .* did not yield within 1500 ms, and was last seen at spin \\(.*workflows.ts:${line}:`,
      ),
    );
    expect(error?.stack).toMatch(/spin .*workflows.ts.*\n.*holdsOn .*workflows.ts/);
  });

  it('has its last words heard when it does not yield', () => {
    const { error } = startBeside('holdsOn', { deadlineMs: 1500 });
    expect(error?.sinkCalls.map(({ argsText }) => argsText)).toEqual([
      expect.stringContaining('Workflow started'),
      expect.stringContaining('so far so good'),
      expect.stringContaining('and on'),
    ]);
  });

  it.each([
    ['awaitsWithoutEnd', 'deadline', 1500],
    ['rejectsWithoutEnd', 'deadline', 1500],
    ['hoards', 'memory', 60_000],
  ])('loses the isolate, and says why: %s', (workflowType, reason, deadlineMs) => {
    const { error, goesOn } = startBeside(workflowType, { deadlineMs, memoryLimitMb: 64 });
    expect(error).toMatchObject({ reason, lostRunKeys: ['neighbour', workflowType] });
    expect(goesOn).toBe(false);
  });
});

it('keeps the places of code whatever comments of it say of names and maps', () => {
  const tricks = '//# sourceURL=stolen.js\n//# sourceMappingURL=file:///etc/hosts\n/*# sourceURL=block.js */';
  const bundle = bundleOf({
    'workflows.ts': `import { b } from './b.cjs';\nexport async function where() {\n  return [new Error('x').stack, b];\n}\n${tricks}`,
    'b.cjs': `exports.b = "//# sourceMappingURL=kept";\n${tricks}\n//# sourceMappingURL=data:application/json;base64,e30=`,
  });
  const isolate = new IvmIsolate({ bundle });
  const [stack, text] = resultOf(isolate, 'where') as [string, string];
  isolate.dispose();
  expect(bundle.mapper.frames(stack)).toMatchObject([{ line: 3, column: 11 }]);
  expect(text).toBe('//# sourceMappingURL=kept');
});

// In a context of its own a run may bend what it likes: nobody else sees it.
describe('attacks on the shared context', () => {
  const isolate = new IvmIsolate({ bundle: bundleOf({ 'workflows.ts': workflows }) });
  afterAll(() => isolate.dispose());

  it.each([
    ['pollutePrototypes', []],
    ['replaceBuiltins', []],
    ['escape', []],
    ['mutateProvided', []],
    ['leakGlobals', ['mine', 0]],
    ['stacks', [false, 0, 10]],
    ['freezeErrors', Array(8).fill('TypeError')],
    ['errors', [1, true, true, true, true, true, 'called', true, true, '[object Error]', 1]],
    ['thenables', ['twice', ['got', 'called']]],
    ['setsOwnGlobal', [5, true, true, true, true, null]],
    ['returnsToJson', { ok: true }],
  ])('%s gets nowhere', (attack, result) => {
    expect(resultOf(isolate, attack)).toEqual(result);
  });
});
