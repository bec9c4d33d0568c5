/**
 * Small things that outlive the process, as JSON in the store's documents. Each change is a commit of its own: they are
 * rare, and made by people.
 */
import { noChanges, type Store } from '../store/store.ts';

export interface Records<Value> {
  get(key: string): Value | undefined;
  list(): { key: string; value: Value }[];
  /** @param alongside written in the same transaction */
  put(key: string, value: Value, alongside?: () => void): void;
  delete(key: string, alongside?: () => void): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** JSON with bytes, as `{"$bytes": base64}`. */
const toText = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    item instanceof Uint8Array ? { $bytes: Buffer.from(item).toString('base64') } : item,
  );

const reviveBytes = (_key: string, item: unknown): unknown => {
  if (typeof item !== 'object' || item === null || !('$bytes' in item) || typeof item.$bytes !== 'string') return item;
  return new Uint8Array(Buffer.from(item.$bytes, 'base64'));
};

export function openRecords<Value>(store: Store, collection: string): Records<Value> {
  const parse = (bytes: Uint8Array): Value => JSON.parse(decoder.decode(bytes), reviveBytes) as Value;
  const write = (change: () => void, alongside: (() => void) | undefined): void => {
    store.commit({ ...noChanges(), writes: alongside ? [change, alongside] : [change] });
    store.syncNow();
  };
  return {
    get(key) {
      const bytes = store.documents.get(collection, key);
      return bytes && parse(bytes);
    },
    list: () => store.documents.list(collection).map(({ key, value }) => ({ key, value: parse(value) })),
    put: (key, value, alongside) =>
      write(() => store.documents.put(collection, key, encoder.encode(toText(value))), alongside),
    delete: (key, alongside) => write(() => store.documents.delete(collection, key), alongside),
  };
}
