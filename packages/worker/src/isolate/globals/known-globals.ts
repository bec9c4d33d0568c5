/**
 * Workflow code sees the globals that are known to give the same everywhere, and no others: not those of flags (`gc`), not
 * shared memory and WebAssembly, which have timing or bits that differ between machines, and not those that a later V8
 * brings. What the SDK provides is added afterwards.
 */
const KNOWN = new Set<PropertyKey>(
  (
    'AggregateError Array ArrayBuffer AsyncDisposableStack AsyncIterator Atomics BigInt BigInt64Array BigUint64Array Boolean ' +
    'DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function ' +
    'Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ' +
    'ReferenceError Reflect RegExp Set String SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array ' +
    'Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI ' +
    'encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape'
  ).split(' '),
);

export function removeUnknown(realm: object): void {
  for (const key of Reflect.ownKeys(realm)) {
    // Those of flags cannot be deleted, only emptied.
    if (!KNOWN.has(key) && !Reflect.deleteProperty(realm, key)) Reflect.set(realm, key, undefined);
  }
  const atomics: unknown = Reflect.get(realm, 'Atomics');
  if (typeof atomics !== 'object' || atomics === null) return;
  for (const name of ['wait', 'waitAsync', 'notify', 'pause']) Reflect.deleteProperty(atomics, name);
}
