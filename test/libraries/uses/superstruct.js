import { object, string, number, optional, create, is, assert as check } from 'superstruct';

export async function use() {
  const S = object({ a: string(), n: optional(number()) });
  let m;
  try {
    check({ a: 1 }, S);
  } catch (e) {
    m = e.message;
  }
  return [is({ a: 'x' }, S), create({ a: 'x' }, S), m];
}
