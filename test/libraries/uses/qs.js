import qs from 'qs';

export async function use() {
  return [qs.parse('a[b]=1&a[c][]=2&a[c][]=3'), qs.stringify({ a: { b: [1, 2] } }, { encode: false })];
}
