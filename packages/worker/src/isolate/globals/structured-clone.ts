/** structuredClone in plain JavaScript. Transfer lists move ArrayBuffers. */
import { DOMException } from './abort.ts';

const ERRORS: readonly string[] = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

export function structuredClone(value: unknown, options: { transfer?: readonly unknown[] } = {}): unknown {
  const seen = new Map<object, unknown>();
  for (const item of options.transfer ?? []) {
    if (!(item instanceof ArrayBuffer)) throw cloneError(item);
    seen.set(item, (item as ArrayBuffer & { transfer(): ArrayBuffer }).transfer());
  }
  return clone(value, seen);
}

function clone(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw cloneError(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const leaf = cloneLeaf(value, seen);
  if (leaf !== undefined) {
    seen.set(value, leaf);
    return leaf;
  }
  return cloneContainer(value, seen);
}

function cloneLeaf(value: object, seen: Map<object, unknown>): object | undefined {
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Boolean || value instanceof Number || value instanceof String || value instanceof BigInt) {
    return Object(value.valueOf()) as object;
  }
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (value instanceof DataView)
    return new DataView(clone(value.buffer, seen) as ArrayBuffer, value.byteOffset, value.byteLength);
  if (ArrayBuffer.isView(value)) {
    const view = value as Uint8Array;
    const constructor = view.constructor as new (buffer: unknown, offset: number, length: number) => object;
    return new constructor(clone(view.buffer, seen), view.byteOffset, view.length);
  }
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) throw cloneError(value);
  return undefined;
}

function cloneContainer(value: object, seen: Map<object, unknown>): object {
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    seen.set(value, copy);
    for (const [key, held] of [...value]) copy.set(clone(key, seen), clone(held, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    seen.set(value, copy);
    for (const held of [...value]) copy.add(clone(held, seen));
    return copy;
  }
  if (value instanceof Error) return cloneOfError(value, seen);
  const copy: object = Array.isArray(value) ? new Array<unknown>(value.length) : {};
  seen.set(value, copy);
  for (const key of Object.keys(value)) {
    const held: unknown = clone(Reflect.get(value, key), seen);
    Object.defineProperty(copy, key, { value: held, writable: true, enumerable: true, configurable: true });
  }
  return copy;
}

function cloneOfError(error: Error, seen: Map<object, unknown>): Error {
  const name = ERRORS.includes(error.name) ? error.name : 'Error';
  const constructor: unknown = Reflect.get(globalThis, name);
  const copy = Reflect.construct(constructor as ErrorConstructor, [String(error.message)]);
  seen.set(error, copy);
  if (typeof error.stack === 'string')
    Object.defineProperty(copy, 'stack', { value: error.stack, writable: true, configurable: true });
  if ('cause' in error)
    Object.defineProperty(copy, 'cause', { value: clone(error.cause, seen), writable: true, configurable: true });
  return copy;
}

function cloneError(value: unknown): DOMException {
  const text = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
  return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}
