import * as v from 'valibot';

export async function use() {
  return [
    v.parse(v.object({ a: v.pipe(v.string(), v.minLength(1)) }), { a: 'x' }),
    v.safeParse(v.number(), 'x').success,
  ];
}
