import { brandError, isRecord } from './brand.ts';

/**
 * Gives an error class a name, and an `instanceof` that recognises its instances also when they come from another copy of
 * the class: out of workflow code, or of a package that is loaded twice. Call it with each class that needs it; classes
 * derived from one have the usual `instanceof`.
 *
 * @param markerName the name; classes with the same one are the same
 * @example SymbolBasedInstanceOfError('OutOfStock')(OutOfStock);
 */
export function SymbolBasedInstanceOfError<E extends Error>(
  markerName: string,
): (errorClass: abstract new (...args: never[]) => E) => void {
  return (errorClass) => brandError(errorClass, markerName);
}

/** Whether an object has a property of its own. */
export function hasOwnProperty<X extends object, Y extends PropertyKey>(
  record: X,
  property: Y,
): record is X & Record<Y, unknown> {
  return Object.hasOwn(record, property);
}

/** Whether an object has several properties of its own. */
export function hasOwnProperties<X extends object, Y extends PropertyKey>(
  record: X,
  properties: readonly Y[],
): record is X & Record<Y, unknown> {
  return properties.every((property) => Object.hasOwn(record, property));
}

/** Whether an error says that something was aborted, as those of an AbortSignal do. */
export function isAbortError(error: unknown): error is Error & { name: 'AbortError' } {
  return isRecord(error) && error['name'] === 'AbortError';
}

/** For what the compiler knows not to happen. Throws TypeError. */
export function assertNever(message: string, value: never): never {
  throw new TypeError(`${message}: ${String(value)}`);
}
