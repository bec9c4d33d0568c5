/** The `assert` module and global: the checks that code uses, with the messages that tests know. */
import { deepLooseEqual, deepStrictEqual } from './deep-equal.ts';
import { inspect } from './inspect.ts';

interface Failed {
  actual?: unknown;
  expected?: unknown;
  operator: string;
}

export class AssertionError extends Error {
  readonly code = 'ERR_ASSERTION';
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string;
  readonly generatedMessage: boolean;

  constructor(options: Failed & { message?: string | undefined }) {
    super(options.message ?? textOf(options));
    this.name = 'AssertionError';
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator;
    this.generatedMessage = options.message === undefined;
  }
}

/** What Node says of values of one line; it shows larger ones side by side, where they differ. */
function textOf({ actual, expected, operator }: Failed): string {
  const [one, other] = [inspect(actual), inspect(expected)];
  switch (operator) {
    case 'strictEqual':
      return `Expected values to be strictly equal:\n\n${one} !== ${other}\n`;
    case 'notStrictEqual':
      return `Expected "actual" to be strictly unequal to: ${other}`;
    case 'deepEqual':
      return `Expected values to be loosely deep-equal:\n\n${one}\n\nshould loosely deep-equal\n\n${other}`;
    case 'deepStrictEqual':
      return `Expected values to be strictly deep-equal:\n\n${one}\n\nshould strictly deep-equal\n\n${other}`;
    case 'match':
      return `The input did not match the regular expression ${other}. Input:\n\n${one}\n`;
    case 'doesNotMatch':
      return `The input was expected to not match the regular expression ${other}. Input:\n\n${one}\n`;
    default:
      return `${one} ${operator} ${other}`;
  }
}

type Message = string | Error | undefined;
type Check = (actual: unknown, expected: unknown) => boolean;
type Thrower = () => unknown;

function check(holds: boolean, failed: Failed, message: Message): void {
  if (holds) return;
  if (message instanceof Error) throw message;
  throw new AssertionError({ ...failed, message });
}

const comparison = (operator: string, holds: Check) => (actual: unknown, expected: unknown, message?: Message) =>
  check(holds(actual, expected), { actual, expected, operator }, message);

/** Whether an error is what was expected: a class, a pattern, a predicate, or an object of properties. */
function isExpected(error: unknown, expected: unknown): boolean {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    const prototype: unknown = Reflect.get(expected, 'prototype');
    if (prototype !== undefined && error instanceof (expected as new () => object)) return true;
    if (prototype instanceof Error) return false;
    return Reflect.apply(expected as (error: unknown) => unknown, undefined, [error]) === true;
  }
  if (typeof expected !== 'object' || expected === null) return false;
  return Object.keys(expected).every((key) => {
    const wanted: unknown = Reflect.get(expected, key);
    const found: unknown = Reflect.get(Object(error) as object, key);
    return wanted instanceof RegExp && typeof found === 'string' ? wanted.test(found) : deepStrictEqual(found, wanted);
  });
}

function checkThrown(thrown: { error: unknown } | undefined, expected: unknown, message: Message): void {
  const text = typeof expected === 'string' ? expected : message;
  if (thrown === undefined) check(false, { expected, operator: 'throws' }, text ?? 'Missing expected exception.');
  else if (!isExpected(thrown.error, expected)) throw thrown.error;
}

function thrownBy(fn: Thrower): { error: unknown } | undefined {
  try {
    fn();
    return undefined;
  } catch (error) {
    return { error };
  }
}

async function rejectedBy(promise: Thrower | Promise<unknown>): Promise<{ error: unknown } | undefined> {
  try {
    await (typeof promise === 'function' ? promise() : promise);
    return undefined;
  } catch (error) {
    return { error };
  }
}

export function makeAssert(): object {
  const ok = (value: unknown, message?: Message) =>
    check(
      Boolean(value),
      { actual: value, expected: true, operator: '==' },
      message ?? `The value is falsy: ${inspect(value)}`,
    );
  // oxlint-disable-next-line eslint/eqeqeq -- loose equality is what is asked for
  const loose: Check = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));
  const checks = {
    ok,
    equal: comparison('==', loose),
    notEqual: comparison('!=', (a, b) => !loose(a, b)),
    strictEqual: comparison('strictEqual', Object.is),
    notStrictEqual: comparison('notStrictEqual', (a, b) => !Object.is(a, b)),
    deepEqual: comparison('deepEqual', deepLooseEqual),
    notDeepEqual: comparison('notDeepEqual', (a, b) => !deepLooseEqual(a, b)),
    deepStrictEqual: comparison('deepStrictEqual', deepStrictEqual),
    notDeepStrictEqual: comparison('notDeepStrictEqual', (a, b) => !deepStrictEqual(a, b)),
    match: comparison('match', (text, pattern) => pattern instanceof RegExp && pattern.test(String(text))),
    doesNotMatch: comparison(
      'doesNotMatch',
      (text, pattern) => pattern instanceof RegExp && !pattern.test(String(text)),
    ),
    throws: (fn: Thrower, expected?: unknown, message?: Message) => checkThrown(thrownBy(fn), expected, message),
    rejects: async (promise: Thrower | Promise<unknown>, expected?: unknown, message?: Message) =>
      checkThrown(await rejectedBy(promise), expected, message),
    doesNotThrow(fn: Thrower, message?: Message) {
      const thrown = thrownBy(fn);
      check(
        thrown === undefined,
        { actual: thrown?.error, operator: 'doesNotThrow' },
        message ?? `Got unwanted exception: ${String(thrown?.error)}`,
      );
    },
    async doesNotReject(promise: Thrower | Promise<unknown>, message?: Message) {
      const thrown = await rejectedBy(promise);
      check(
        thrown === undefined,
        { actual: thrown?.error, operator: 'doesNotReject' },
        message ?? `Got unwanted rejection: ${String(thrown?.error)}`,
      );
    },
    fail: (message?: Message) => check(false, { operator: 'fail' }, message ?? 'Failed'),
    ifError(value: unknown) {
      if (value !== null && value !== undefined) throw value;
    },
    AssertionError,
  };
  const assert = Object.assign((value: unknown, message?: Message) => ok(value, message), checks);
  const strict = Object.assign((value: unknown, message?: Message) => ok(value, message), checks, {
    equal: checks.strictEqual,
    notEqual: checks.notStrictEqual,
    deepEqual: checks.deepStrictEqual,
    notDeepEqual: checks.notDeepStrictEqual,
  });
  return Object.assign(assert, { strict: Object.assign(strict, { strict }) });
}
