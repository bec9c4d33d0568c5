import { expect, test } from 'vitest';
import { checkOptions } from './check-options.ts';

const kinds = {
  name: 'string',
  limit: 'duration',
  list: 'array',
  at: 'date',
  call: 'function',
  on: 'boolean',
} as const;
const check = (options: object | undefined) =>
  checkOptions('Options', options as Record<keyof typeof kinds, unknown>, kinds);

test('what is left out, and what is of its kind, passes', () => {
  check({});
  check({ name: undefined, limit: null });
  check({ name: '', limit: '2 days', list: [], at: new Date(), call: () => 1, on: false, more: 1 });
});

test.each([
  [undefined, 'Options must be an object, got undefined'],
  [[], 'Options must be an object, got an array'],

  [{ name: 5 }, 'Options.name must be a string, got 5'],
  [
    { name: 'x'.repeat(3), limit: 'soon' },
    "Options.limit must be a number of milliseconds or text such as '30 seconds', got 'soon'",
  ],
  [{ limit: { minutes: 1 } }, 'got an object'],
  [{ limit: Number.NaN }, 'got NaN'],
  [{ list: new Map() }, 'Options.list must be an array, got a Map'],
  [{ at: 'tomorrow' }, "Options.at must be a Date, got 'tomorrow'"],
  [{ call: 'x'.repeat(100) }, 'Options.call must be a function, got text of 100 characters'],
  [{ on: 'yes' }, "Options.on must be true or false, got 'yes'"],
])('%j is refused', (options, message) => {
  expect(() => check(options)).toThrow(message);
});

test('a missing await is pointed at', () => {
  expect(() => checkOptions('Options', Promise.resolve({}) as object, {})).not.toThrow();
  expect(() => checkOptions('Options', { name: Promise.resolve('x') }, { name: 'string' })).toThrow(
    'is an await missing?',
  );
});
