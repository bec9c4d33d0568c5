/** `Array.fromAsync` as compiled code, so that it carries the scope like any other async function. */
import { replace } from './realm.ts';

type Source = AsyncIterable<unknown> | Iterable<unknown> | ArrayLike<unknown>;
type MapItem = (item: unknown, index: number) => unknown;

export function tameArrayFromAsync(realm: typeof globalThis): void {
  const tamed = {
    async fromAsync(this: unknown, source: Source, map?: MapItem, self?: unknown): Promise<unknown> {
      const made: Record<number, unknown> & { length: number } =
        typeof this === 'function' && this !== realm.Array
          ? (Reflect.construct(this, []) as Record<number, unknown> & { length: number })
          : [];
      let index = 0;
      const items =
        Symbol.asyncIterator in Object(source) || Symbol.iterator in Object(source)
          ? (source as Iterable<unknown>)
          : realm.Array.from(source as ArrayLike<unknown>);
      for await (const item of items) {
        made[index] = map === undefined ? item : await Reflect.apply(map, self, [item, index]);
        index++;
      }
      made.length = index;
      return made;
    },
  };
  replace(realm.Array, 'fromAsync', tamed.fromAsync);
}
