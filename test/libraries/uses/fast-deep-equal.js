import equal from 'fast-deep-equal';

export async function use() {
  return [equal({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), equal(/x/g, /x/i)];
}
