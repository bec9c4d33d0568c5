import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';
import {
  assertNever,
  hasOwnProperties,
  hasOwnProperty,
  isAbortError,
  SymbolBasedInstanceOfError,
} from './type-helpers.ts';

/** Classes of another realm: `Parent` is marked, `Child` extends it. */
function realm(): (code: string) => unknown {
  const context = createContext({ mark: SymbolBasedInstanceOfError });
  runInContext(`class Parent extends Error {} class Child extends Parent {} mark('Parent')(Parent)`, context);
  return (code) => runInContext(code, context) as unknown;
}

it('recognises errors of another realm by their mark', () => {
  const [here, there] = [realm(), realm()];
  const isA = (value: unknown, errorClass: unknown) => value instanceof (errorClass as new () => Error);
  expect((here('new Parent()') as Error).name).toBe('Parent');
  expect(isA(here('new Parent()'), there('Parent'))).toBe(true);
  expect(isA(here('new Child()'), there('Parent'))).toBe(true);
  expect(isA(here('new Parent()'), here('Child'))).toBe(false);
  expect(isA(here('new Child()'), here('Child'))).toBe(true);
  expect(isA(here('new Child()'), there('Child'))).toBe(false);
  for (const value of [true, 12, 'text', [], undefined, null, () => null, Symbol('x')])
    expect(isA(value, here('Parent'))).toBe(false);
});

it('tells properties and aborts', () => {
  expect(hasOwnProperty({ a: undefined }, 'a')).toBe(true);
  expect(hasOwnProperties({ a: 1, b: 2 }, ['a', 'b'])).toBe(true);
  expect(hasOwnProperties({ a: 1 }, ['a', 'toString'])).toBe(false);
  expect(isAbortError(new DOMException('stopped', 'AbortError'))).toBe(true);
  expect([new Error('AbortError'), 'AbortError', undefined].some(isAbortError)).toBe(false);
  expect(() => assertNever('no such colour', 'green' as never)).toThrow('no such colour: green');
});
