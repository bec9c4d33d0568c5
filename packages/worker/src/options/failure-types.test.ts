import { expect, test } from 'vitest';
import { checkFailureTypes, failsOnMismatch, failureTypesOf } from './failure-types.ts';

test('names for all types and for one are taken together', () => {
  const types = { '*': ['Always', 'Twice'], order: ['Twice', 'Own'], constructor: ['Odd'] };
  expect(failureTypesOf(types, 'order')).toEqual(['Always', 'Twice', 'Own']);
  expect(failureTypesOf(types, 'other')).toEqual(['Always', 'Twice']);
  expect(failureTypesOf({}, 'toString')).toEqual([]);
  expect(failureTypesOf(undefined, 'order')).toEqual([]);
});

test('some names also mean code that does not fit its history', () => {
  expect(failsOnMismatch({ order: ['NondeterminismError'] }, 'order')).toBe(true);
  expect(failsOnMismatch({ order: ['NondeterminismError'] }, 'other')).toBe(false);
  expect(failsOnMismatch({ '*': ['Error'] }, 'other')).toBe(true);
  expect(failsOnMismatch({ '*': ['TypeError'] }, 'other')).toBe(false);
});

test.each([
  [['MyError'], "such as { '*': ['MyError'] }"],
  ['MyError', 'got "MyError"'],
  [{ order: 'MyError' }, "workflowFailureErrorTypes['order'] must be an array of names"],
  [{ order: [Error] }, "workflowFailureErrorTypes['order'] must be an array of names"],
])('%j is refused', (types, message) => {
  expect(() => checkFailureTypes(types)).toThrow(message);
});
