import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeSources } from '../bundle/bundle-of.suite.ts';
import { bundleWorkflowCodeSync } from '../bundle/bundle-workflow-code.ts';
import { resultOf } from './drive.suite.ts';
import { IvmIsolate } from './ivm-isolate.ts';

/**
 * Two runs collect every object that they can reach: by properties, by prototypes, and by calling what they find. What both
 * have reached is shared, and must not be able to hold anything.
 */
const workflows = `
import * as workflow from '@reprise/workflow'; import * as common from '@reprise/common';
import * as assertModule from 'node:assert'; import * as urlModule from 'node:url'; import * as utilModule from 'node:util';
import { seen } from './shared.ts'; import { seenByModules } from './names.cjs'; import { seenByEsm } from './names.mjs';

const isObject = (value: unknown): value is any => (typeof value === 'object' && value !== null) || typeof value === 'function';
const quiet = (value: any) => { try { if (value instanceof Promise) value.catch(() => {}); } catch {} };

class Reached {
  readonly names = new Map<object, string>();

  add(name: string, root: unknown): void {
    const pending: [string, any][] = [[name, root]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [at, value] = next;
      quiet(value);
      if (!isObject(value) || this.names.has(value)) continue;
      this.names.set(value, at);
      pending.push([at + '.__proto__', Object.getPrototypeOf(value)]);
      for (const key of Reflect.ownKeys(value)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(value, key)!;
        pending.push([at + '.get ' + String(key), descriptor.get], [at + '.set ' + String(key), descriptor.set]);
        try { pending.push([at + '.' + String(key), value[key]]); } catch {}
      }
    }
  }

  call(): void {
    const args: any[][] = [[], [[]], ['a'], [{}], [() => 1], ['http://a/b?c=1'], [new Error('x')], [{ startToCloseTimeout: 1 }], [/a/g]];
    const receivers: any[] = [undefined, [], 'a', new Map([[1, 1]]), new Date(0), /a/g, new Uint8Array(2), [].values()];
    for (const [fn, name] of [...this.names]) {
      if (typeof fn !== 'function' || LEFT_OUT.test(name)) continue;
      for (const list of args) {
        for (const receiver of receivers) {
          try { this.add(name + '()', fn.apply(receiver, list)); } catch (error) { this.add(name + '() throws', error); }
        }
        try { this.add('new ' + name, Reflect.construct(fn, list)); } catch {}
      }
    }
  }
}

// What asks the worker for something, waits, or runs text as code.
const LEFT_OUT = /sleep|condition|continueAs|reject|[cC]hild|schedule|upsert|throw|fail|[pP]atch|eval$|Function$|Promise|repeat|pad|queueMicrotask|setTimeout|proxySinks|Scope|cancel|run|first|second/;

function reach(): Map<object, string> {
  const reached = new Reached();
  const roots = { global: globalThis, realGlobal: Function('return ' + 'this')(), workflow, common, assertModule, urlModule, utilModule };
  for (const [name, root] of Object.entries(roots)) reached.add(name, root);
  const { proxyActivities, proxyLocalActivities, CancellationScope, workflowInfo, metricMeter, Trigger } = workflow as any;
  const made = [async () => {}, function* () {}, async function* () {}, (function* () {})(), (async function* () {})(), [].values().map((x: any) => x), (function () { return arguments; })(), new Error('x'), (() => { try { return (null as any).x; } catch (e) { return e; } })(), ((...parts: any[]) => parts)\`x\`, workflowInfo(), proxyActivities({ startToCloseTimeout: 1 }), proxyLocalActivities({ startToCloseTimeout: 1 }), CancellationScope.current(), new CancellationScope(), new Trigger(), metricMeter.createCounter('x'), new AbortController(), new URL('http://a/b?c#d').searchParams.entries(), structuredClone({ a: [1] }), new Intl.Segmenter().segment('a')[Symbol.iterator]()];
  for (const [index, value] of Object.entries(seenByModules)) reached.add('a name in modules ' + index, value);
  for (const [index, value] of Object.entries(seenByEsm)) reached.add('a name in ES modules ' + index, value);
  made.forEach((value, index) => reached.add('made ' + index, value));
  reached.call();
  return reached.names;
}

export async function first() {
  const reached = reach();
  for (const [value, name] of reached) seen.set(value, name);
  return reached.size;
}

export async function second() {
  const holds = ['Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'ArrayBuffer', 'RegExp', 'Promise', 'Uint8Array'].map((name) => '[object ' + name + ']');
  const shared = [...reach()].filter(([value]) => value !== seen && seen.has(value));
  const open = shared.filter(([value, name]) => !Object.isFrozen(value) || (holds.includes(Object.prototype.toString.call(value)) && !/prototype|__proto__/.test(name)));
  return { shared: shared.length > 1000, open: open.filter(([value]) => value !== Error).map(([, name]) => name) };
}
`;

const folder = writeSources({
  'workflows.ts': workflows,
  'shared.ts': 'export const seen = new Map<object, string>();',
  // What is in scope where modules stand, though no module should name it.
  'names.cjs': `
    const named = ['p', 'M', 'P', 'S', 'D', 'I', 'N', '__c', '__t', '__r', '__w', '__p', '__objt', '__q', '__n', '$require', 'require', 'shared', 'sharedQ', 'instantiate'];
    exports.seenByModules = { arguments, callee: arguments.callee, prototype: arguments.callee.prototype };
    for (const name of named) { try { exports.seenByModules[name] = eval(name); } catch {} }`,
  'names.mjs': `
    const named = ['__rx', '__rq', '__rn', '__rl', '__rg', '__rk', '__ru', '__rd', '__rw', '__rv', '__r0', '__objt', 'M', 'T', 'G', 'R', 'D', 'MODULE', 'asIs', 'require', 'namespace', 'loaded'];
    export const seenByEsm = { read: [] };
    for (const name of named) { try { seenByEsm[name] = eval(name); } catch {} }
    for (let id = 0; id < 4; id++) { try { seenByEsm.read.push(seenByEsm.__rl(id), seenByEsm.__rq(id)); } catch {} }`,
});
const bundle = bundleWorkflowCodeSync({
  workflowsPath: path.join(folder, 'workflows.ts'),
  preloadModules: [path.join(folder, 'shared.ts')],
});
const isolate = new IvmIsolate({ bundle, deadlineMs: null });
afterAll(() => isolate.dispose());

it('reaches nothing from two runs that could carry anything from one to the other', () => {
  expect(resultOf(isolate, 'first')).toBeGreaterThan(1000);
  expect(resultOf(isolate, 'second')).toEqual({ shared: true, open: [] });
});
