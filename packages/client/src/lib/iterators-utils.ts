import { concurrently } from '../call/concurrently.ts';

/** How the items of an iterable are mapped. */
export interface MapAsyncOptions {
  /** How many items are mapped at a time; their results come in the order in which they are ready. Default: 1 */
  concurrency?: number;
  /** How many results wait at most to be taken, when `concurrency` is more than 1. Default: no limit */
  bufferLimit?: number | undefined;
}

/**
 * What `mapFn` makes of the items of an iterable.
 *
 * @throws what the source or `mapFn` throws, to whoever takes the next result
 * @example for await (const size of mapAsyncIterable(client.workflow.list(), sizeOf, { concurrency: 10 })) total += size;
 */
export async function* mapAsyncIterable<Item, Result>(
  source: AsyncIterable<Item>,
  mapFn: (item: Item) => Promise<Result>,
  { concurrency = 1, bufferLimit }: MapAsyncOptions = {},
): AsyncGenerator<Result> {
  if (concurrency > 1) yield* concurrently(source[Symbol.asyncIterator](), mapFn, { concurrency, bufferLimit });
  else for await (const item of source) yield await mapFn(item);
}
