import _ from 'lodash';

export async function use() {
  return [
    _.groupBy([1.2, 1.4, 2.1], Math.floor),
    _.chain([3, 1, 2])
      .sortBy()
      .map((x) => x * 2)
      .value(),
    _.camelCase('foo bar'),
    _.zipObject(['a'], [1]),
    _.isPlainObject({}),
    _.defaultsDeep({ a: {} }, { a: { b: 2 } }),
    _.padStart('x', 3, '-'),
    _.memoize((x) => x + 1)(2),
  ];
}
