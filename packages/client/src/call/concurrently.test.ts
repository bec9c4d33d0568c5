import { describe, expect, it } from 'vitest';
import { concurrently } from './concurrently.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 1; number <= count; number++) yield number;
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describe('concurrently', () => {
  it('gives every result, with no more work at a time than allowed', async () => {
    let running = 0;
    let most = 0;
    const work = async (number: number): Promise<number> => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return number * 2;
    };
    const results = await collect(concurrently(numbers(20), work, { concurrency: 3 }));
    expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 2));
    expect(most).toBe(3);
  });

  it('fetches no further than the buffer allows while nobody takes', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<number> {
      for (;;) yield ++taken;
    }
    const source = concurrently(endless(), (number) => Promise.resolve(number), { concurrency: 5, bufferLimit: 2 });
    expect(taken).toBe(0);
    await source.next();
    await source.next();
    await new Promise(setImmediate);
    expect(taken).toBe(2 + 5 + 2);
    await source.return(undefined);
    await new Promise(setImmediate);
    expect(taken).toBe(9);
  });

  it('gives what came before an error, and nothing after it', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      yield 2;
      throw new Error('source');
    }
    const source = concurrently(failing(), (number) => Promise.resolve(number), { concurrency: 2 });
    expect([(await source.next()).value, (await source.next()).value]).toEqual([1, 2]);
    await expect(source.next()).rejects.toThrow('source');
    expect(await source.next()).toEqual({ done: true, value: undefined });
  });

  it('ends with the first error, at the last item too', async () => {
    const work = async (number: number): Promise<number> => {
      if (number === 3) throw new Error('third');
      return number;
    };
    await expect(collect(concurrently(numbers(3), work, { concurrency: 5 }))).rejects.toThrow('third');
  });
});
