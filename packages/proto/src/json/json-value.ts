export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** A key such as `__proto__` becomes a property like any other. */
export function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
