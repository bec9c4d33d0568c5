/** Options over defaults, as libraries that extend the SDK merge them. */

type Fields = Readonly<Record<string, unknown>>;

/** The object without what is undefined or null, so that it can be spread over defaults. */
export function filterNullAndUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null)) as T;
}

/** `delta` over `original`; what is undefined or null in it is removed. Gives `original` itself when nothing changes. */
export function mergeObjects<T extends object>(original: T, delta: T | undefined): T;
export function mergeObjects<T extends object>(original: T | undefined, delta: T | undefined): T | undefined;
export function mergeObjects<T extends object>(original: T | undefined, delta: T | undefined): T | undefined {
  if (original === undefined || delta === undefined) return original ?? delta;
  const before = original as Fields;
  const changes = Object.entries(delta).filter(([key, value]) => value !== before[key]);
  if (changes.length === 0) return original;
  const removed = new Set(changes.flatMap(([key, value]) => (value === undefined || value === null ? [key] : [])));
  const merged = Object.entries({ ...before, ...delta }).filter(([key]) => !removed.has(key));
  return Object.fromEntries(merged) as T;
}

/** `source` over `target`, and so for objects inside of both; lists are replaced. */
export function deepMerge<T extends object>(target: T, source: Partial<T>): T {
  const merged = { ...target } as Record<string, unknown>;
  for (const [key, value] of Object.entries(source)) {
    const own = merged[key];
    merged[key] = isFields(own) && isFields(value) ? deepMerge(own, value) : value;
  }
  return merged as T;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
