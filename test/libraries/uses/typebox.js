import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

export async function use() {
  const T = Type.Object({ a: Type.String(), n: Type.Optional(Type.Integer()) });
  return [Value.Check(T, { a: 'x' }), [...Value.Errors(T, { a: 1 })].map((e) => e.path), Value.Create(T)];
}
