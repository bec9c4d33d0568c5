/** Shared memory and WebAssembly have timing or bits that differ between machines: workflow code does not see them. */
export function removeAbsent(realm: object): void {
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'ShadowRealm', 'AsyncContext'])
    Reflect.deleteProperty(realm, name);
  const atomics: unknown = Reflect.get(realm, 'Atomics');
  if (typeof atomics !== 'object' || atomics === null) return;
  for (const name of ['wait', 'waitAsync', 'notify', 'pause']) Reflect.deleteProperty(atomics, name);
}
