import type { Documents } from './store.ts';

export function memoryDocuments(): Documents {
  const collections = new Map<string, Map<string, Uint8Array>>();
  const collection = (name: string): Map<string, Uint8Array> => {
    let found = collections.get(name);
    if (!found) collections.set(name, (found = new Map()));
    return found;
  };
  return {
    get: (name, key) => collection(name).get(key),
    list: (name) => [...collection(name)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value })),
    put: (name, key, value) => void collection(name).set(key, value),
    delete: (name, key) => void collection(name).delete(key),
  };
}
