import * as R from 'ramda';

export async function use() {
  return [
    R.pipe(
      R.map(R.add(1)),
      R.filter((x) => x > 2),
    )([1, 2, 3]),
    R.groupBy((x) => (x > 1 ? 'b' : 'a'), [1, 2]),
    R.path(['a', 'b'], { a: { b: 1 } }),
    R.equals({ a: [1] }, { a: [1] }),
  ];
}
