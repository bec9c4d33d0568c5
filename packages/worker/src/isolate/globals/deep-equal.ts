/** Equality of values by structure, with what `==` takes for equal. */
export function deepLooseEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, { strict: false, pairs: [] });
}

/** Equality of values by structure, types and prototypes. */
export function deepStrictEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, { strict: true, pairs: [] });
}

interface Comparison {
  strict: boolean;
  /** Pairs of objects that are being compared further up; cycles end there. */
  pairs: [object, object][];
}

function equal(a: unknown, b: unknown, comparison: Comparison): boolean {
  if (Object.is(a, b)) return true;
  const bothObjects = typeof a === 'object' && a !== null && typeof b === 'object' && b !== null;
  // oxlint-disable-next-line eslint/eqeqeq -- loose equality is what is asked for
  if (!bothObjects) return comparison.strict ? false : a == b || (Number.isNaN(a) && Number.isNaN(b));
  if (comparison.strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (comparison.pairs.some(([left, right]) => left === a && right === b)) return true;
  comparison.pairs.push([a, b]);
  const result = sameKind(a, b, comparison) && sameKeys(a, b, comparison);
  comparison.pairs.pop();
  return result;
}

function sameKind(a: object, b: object, comparison: Comparison): boolean {
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof RegExp || b instanceof RegExp)
    return String(a) === String(b) && a instanceof RegExp === b instanceof RegExp;
  if (a instanceof Error || b instanceof Error) {
    return a instanceof Error && b instanceof Error && a.name === b.name && a.message === b.message;
  }
  if (a instanceof Map || b instanceof Map) return a instanceof Map && b instanceof Map && sameMap(a, b, comparison);
  if (a instanceof Set || b instanceof Set) return a instanceof Set && b instanceof Set && sameSet(a, b, comparison);
  const boxed = [Number, String, Boolean, BigInt].some((box) => a instanceof box);
  return !boxed || Object.is(a.valueOf(), b.valueOf());
}

function sameMap(a: Map<unknown, unknown>, b: Map<unknown, unknown>, comparison: Comparison): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([key, value]) => {
    if (b.has(key)) return equal(value, b.get(key), comparison);
    return [...b].some(([other, held]) => equal(key, other, comparison) && equal(value, held, comparison));
  });
}

function sameSet(a: Set<unknown>, b: Set<unknown>, comparison: Comparison): boolean {
  return (
    a.size === b.size &&
    [...a].every((value) => b.has(value) || [...b].some((other) => equal(value, other, comparison)))
  );
}

function sameKeys(a: object, b: object, comparison: Comparison): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equal(Reflect.get(a, key), Reflect.get(b, key), comparison));
}
