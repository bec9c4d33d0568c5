import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapAsyncIterable } from './iterators-utils.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 1; number <= count; number++) yield number;
}

async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('items are mapped one after the other, unless asked for more', async () => {
  let running = 0;
  let most = 0;
  const double = async (number: number): Promise<number> => {
    most = Math.max(most, ++running);
    await setImmediate();
    running--;
    return number * 2;
  };
  expect(await listOf(mapAsyncIterable(numbers(5), double))).toEqual([2, 4, 6, 8, 10]);
  expect(most).toBe(1);
  const mapped = await listOf(mapAsyncIterable(numbers(20), double, { concurrency: 4, bufferLimit: 8 }));
  expect(mapped.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => (at + 1) * 2));
  expect(most).toBe(4);
});

test('an error of the function reaches who reads', async () => {
  const fails = async (number: number): Promise<number> => {
    if (number === 3) throw new Error('no third');
    return number;
  };
  await expect(listOf(mapAsyncIterable(numbers(5), fails))).rejects.toThrow('no third');
});

test('what nobody takes is not asked for, one after the other', async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<number> {
    for (;;) yield ++asked;
  }
  const mapped = mapAsyncIterable(endless(), (number) => Promise.resolve(number))[Symbol.asyncIterator]();
  await mapped.next();
  await mapped.next();
  await setImmediate();
  expect(asked).toBe(2);
});
