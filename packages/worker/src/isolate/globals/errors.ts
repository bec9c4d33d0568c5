/**
 * What errors remember of the engine. `Error.prepareStackTrace` would let one run format the stacks of another, so a value
 * that is assigned is dropped. `Error.stackTraceLimit` has to stay a plain property for V8, which reads it of the constructor
 * itself: it is put back at each entry, and where runs share a context, they see the constructor through a proxy that lets
 * its value change, but not its kind.
 */
const STACK_FRAMES = 10;
const LIMIT = 'stackTraceLimit';

let native: ErrorConstructor = Error;

export function tameErrors(realm: typeof globalThis): void {
  native = realm.Error;
  Object.defineProperty(native, 'prepareStackTrace', {
    get: () => undefined,
    set: (_value: unknown) => undefined,
    enumerable: false,
    configurable: false,
  });
  resetErrors();
}

/** Undoes what the run before may have set. A run with a context of its own may have made it fast: that is its affair. */
export function resetErrors(): void {
  Reflect.set(native, LIMIT, STACK_FRAMES);
}

function setLimit(value: unknown): boolean {
  if (typeof value === 'number') Reflect.set(native, LIMIT, value);
  return true;
}

const SHARED: ProxyHandler<ErrorConstructor> = {
  set(target, key, value, receiver: object) {
    // A class that inherits from Error gets a property of its own.
    if (receiver !== shared)
      return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
    if (key === LIMIT) return setLimit(value);
    return key === 'prepareStackTrace';
  },
  defineProperty: (_target, key, descriptor) => key === LIMIT && 'value' in descriptor && setLimit(descriptor.value),
  deleteProperty: () => false,
  preventExtensions: () => false,
  setPrototypeOf: () => false,
};

let shared: ErrorConstructor | undefined;

/**
 * Puts a proxy in the place of the constructor: errors are made, and stacks begin, as without it. Gives both, so that what
 * inherits from the one can be made to inherit from the other.
 */
export function shareErrorConstructor(realm: typeof globalThis): {
  native: ErrorConstructor;
  shared: ErrorConstructor;
} {
  const proxy = new Proxy(native, SHARED);
  shared = proxy;
  for (const owner of [realm, native.prototype]) {
    const key = owner === realm ? 'Error' : 'constructor';
    Object.defineProperty(owner, key, { value: proxy, writable: true, enumerable: false, configurable: true });
  }
  return { native, shared: proxy };
}
