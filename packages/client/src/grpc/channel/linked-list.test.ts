import { describe, expect, it } from 'vitest';
import { LinkedList } from './linked-list.ts';

describe('LinkedList', () => {
  it.each([
    [[], ['a', 'b', 'c', 'd']],
    [['a'], ['b', 'c', 'd']],
    [['d'], ['a', 'b', 'c']],
    [
      ['b', 'c'],
      ['a', 'd'],
    ],
    [['a', 'b', 'c', 'd'], []],
  ])('has all but %j, in order, and takes more', (removed, left) => {
    const list = new LinkedList<string>();
    const places = ['a', 'b', 'c', 'd'].map((value) => list.add(value));
    for (const place of places) if (removed.includes(place.value)) list.remove(place);
    expect(list.values()).toEqual(left);
    const more = list.add('e');
    expect(list.values()).toEqual([...left, 'e']);
    list.remove(more);
    expect(list.values()).toEqual(left);
  });
});
