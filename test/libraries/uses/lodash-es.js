import { groupBy, sortBy, chunk, debounce, merge, template, cloneDeep, isEqual, uniqBy, get } from 'lodash-es';

export async function use() {
  return [
    groupBy(
      [
        { k: 'a', v: 1 },
        { k: 'b', v: 2 },
        { k: 'a', v: 3 },
      ],
      'k',
    ),
    sortBy([3, 1, 2]),
    chunk([1, 2, 3], 2),
    merge({ a: { b: 1 } }, { a: { c: 2 } }),
    template('hi <%= n %>')({ n: 1 }),
    isEqual(cloneDeep({ a: [1, new Date(3)] }), { a: [1, new Date(3)] }),
    uniqBy([{ x: 1 }, { x: 1 }], 'x'),
    get({ a: [{ b: 2 }] }, 'a[0].b'),
    typeof debounce(() => 1, 5),
  ];
}
