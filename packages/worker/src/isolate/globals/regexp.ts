/** `RegExp.$1`, `RegExp.input` and the like remember the last match of whoever matched last: they are removed. */
export function tameRegExp(realm: typeof globalThis): void {
  const kept = new Set<PropertyKey>(['length', 'name', 'prototype', 'escape', Symbol.species]);
  for (const key of Reflect.ownKeys(realm.RegExp)) if (!kept.has(key)) Reflect.deleteProperty(realm.RegExp, key);
}
