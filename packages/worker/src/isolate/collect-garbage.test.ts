import { afterAll, expect, it } from 'vitest';
import { bundleOf } from '../bundle/bundle-of.suite.ts';
import { resultOf } from './drive.suite.ts';
import { IvmIsolate } from './ivm-isolate.ts';

const bundle = bundleOf({
  'workflows.ts': `
    const own = { held: [] as unknown[], turns: 0 };
    export async function holds() { for (let i = 0; i < 1e4; i++) own.held.push({ i }); return ++own.turns; }
    export async function seesCollector() {
      const g = globalThis as any;
      return [typeof g.gc, typeof Function('return this')().gc];
    }`,
});
const isolate = new IvmIsolate({ bundle });
afterAll(() => isolate.dispose());

it('gives back what runs held that are gone, and goes on', () => {
  for (let index = 0; index < 20; index++) resultOf(isolate, 'holds');
  const before = isolate.heapUsedBytes();
  isolate.collectGarbage();
  expect(isolate.heapUsedBytes()).toBeLessThan(before);
  expect(resultOf(isolate, 'holds')).toBe(1);
});

it('shows workflow code nothing of it', () => {
  isolate.collectGarbage();
  expect(resultOf(isolate, 'seesCollector')).toEqual(['undefined', 'undefined']);
  const strict = new IvmIsolate({ bundle, strict: true });
  strict.collectGarbage();
  expect(resultOf(strict, 'seesCollector')).toEqual(['undefined', 'undefined']);
  strict.dispose();
});

it('does nothing once the isolate is gone', () => {
  const gone = new IvmIsolate({ bundle });
  gone.dispose();
  expect(() => gone.collectGarbage()).not.toThrow();
});
