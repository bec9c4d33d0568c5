/**
 * What a run sees as `globalThis`: the frozen global object, and over it what the run itself has set. The overlay belongs
 * to the run; nothing of it reaches the shared object.
 */
const HANDLER: ProxyHandler<object> = {
  get: (overlay, key) => (Object.hasOwn(overlay, key) ? Reflect.get(overlay, key) : Reflect.get(globalThis, key)),
  has: (overlay, key) => Object.hasOwn(overlay, key) || key in globalThis,
  set: (overlay, key, value) =>
    Reflect.defineProperty(overlay, key, { value, writable: true, enumerable: true, configurable: true }),
  ownKeys: (overlay) => [...new Set([...Reflect.ownKeys(globalThis), ...Reflect.ownKeys(overlay)])],
  getOwnPropertyDescriptor(overlay, key) {
    const own = Reflect.getOwnPropertyDescriptor(overlay, key);
    if (own !== undefined) return own;
    const shared = Reflect.getOwnPropertyDescriptor(globalThis, key);
    return shared && { ...shared, configurable: true };
  },
  getPrototypeOf: () => Object.prototype,
};

export function runGlobal(): object {
  const overlay: object = Object.create(null) as object;
  const global = new Proxy(overlay, HANDLER);
  Object.defineProperty(overlay, 'globalThis', {
    value: global,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return global;
}
