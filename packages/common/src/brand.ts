/**
 * Errors are recognised by a brand on the prototype instead of by identity of the class: workflow code lives in another
 * realm, and several copies of a package may be loaded. The symbols are those of the published SDK.
 */
type ErrorClass = abstract new (...args: never[]) => Error;

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Gives `errorClass` a name, and an `instanceof` that recognises its instances from any realm or copy. */
export function brandError(errorClass: ErrorClass, name: string): void {
  const brand = Symbol.for(`__temporal_is${name}`);
  Object.defineProperties(errorClass.prototype, {
    name: { value: name, enumerable: true, writable: true, configurable: true },
    [brand]: { value: true, enumerable: false },
  });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    configurable: true,
    value(this: ErrorClass, candidate: unknown): boolean {
      if (this === errorClass) return isRecord(candidate) && candidate[brand] === true;
      // A subclass inherits this method; without a brand of its own, it is known by its prototype.
      return isRecord(candidate) && Object.prototype.isPrototypeOf.call(this.prototype as object, candidate);
    },
  });
}

/** True for errors of any realm. */
export function isError(value: unknown): value is Error {
  return (
    value instanceof Error ||
    (isRecord(value) && typeof value['name'] === 'string' && typeof value['message'] === 'string')
  );
}

export { isRecord };
