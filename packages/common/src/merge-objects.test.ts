import { expect, it } from 'vitest';
import { deepMerge, filterNullAndUndefined, mergeObjects } from './merge-objects.ts';

it('leaves out what is not there', () => {
  expect(filterNullAndUndefined({ a: 1, b: undefined, c: null, d: 0 })).toEqual({ a: 1, d: 0 });
});

it('merges, removes, and tells when nothing changed', () => {
  const original = { a: 1, b: 2 as number | undefined };
  expect(mergeObjects(original, { a: 3, b: undefined })).toEqual({ a: 3 });
  expect(Object.keys(mergeObjects(original, { a: 1, b: undefined }))).toEqual(['a']);
  expect(mergeObjects(original, { a: 1, b: 2 })).toBe(original);
  expect(mergeObjects(original, undefined)).toBe(original);
  expect(mergeObjects(undefined, original)).toBe(original);
});

it('merges objects inside of objects', () => {
  const target = { a: { b: 1, c: [1] }, d: 1 as unknown };
  expect(deepMerge(target, { a: { b: 2, c: [2, 3] }, d: { e: 1 } })).toEqual({ a: { b: 2, c: [2, 3] }, d: { e: 1 } });
  expect(target.a.b).toBe(1);
});
