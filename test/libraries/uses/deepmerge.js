import deepmerge from 'deepmerge';

export async function use() {
  return [deepmerge({ a: { b: 1 }, l: [1] }, { a: { c: 2 }, l: [2] })];
}
