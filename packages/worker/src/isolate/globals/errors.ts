/**
 * What errors remember of the engine. `Error.prepareStackTrace` would let one run format the stacks of another, so a value
 * that is assigned is dropped. `Error.stackTraceLimit` has to stay a plain property for V8: it is put back at each entry.
 */
const STACK_FRAMES = 10;

export function tameErrors(realm: typeof globalThis): void {
  Object.defineProperty(realm.Error, 'prepareStackTrace', {
    get: () => undefined,
    set: (_value: unknown) => undefined,
    enumerable: false,
    configurable: false,
  });
  resetErrors(realm);
}

/** Undoes what the run before may have set. */
export function resetErrors(realm: typeof globalThis): void {
  realm.Error.stackTraceLimit = STACK_FRAMES;
}
