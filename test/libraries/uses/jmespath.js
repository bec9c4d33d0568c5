import jmespath from 'jmespath';

export async function use() {
  return [jmespath.search({ a: [{ b: 1 }, { b: 2 }] }, 'a[?b > `1`].b')];
}
