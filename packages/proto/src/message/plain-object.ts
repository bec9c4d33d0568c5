/** Messages as plain objects, and back: the forms that protobufjs calls `toObject` and `fromObject`. */
import { HostBuffer } from '../binary/host-buffer.ts';
import { enumSchema, type FieldSchema, messageSchema } from '../schema.ts';

/** In which form values are written; without an option they stay as they are. */
export interface ObjectOptions {
  enums?: StringConstructor;
  longs?: StringConstructor | NumberConstructor;
  bytes?: StringConstructor | ArrayConstructor;
}

type Fields = Readonly<Record<string, unknown>>;

const WIDE = /^(?:u?int64|sint64|s?fixed64)$/;

/** The fields that are set on the message. */
export function toPlain(type: string, message: object, options: ObjectOptions): Record<string, unknown> {
  return convert(type, message, (field, value) => valueToPlain(field, value, options));
}

/** Throws TypeError for the name of an enum value that there is not. */
export function fromPlain(type: string, object: object): Record<string, unknown> {
  return convert(type, object, valueFromPlain);
}

function convert(
  type: string,
  object: object,
  one: (field: FieldSchema, value: unknown) => unknown,
): Record<string, unknown> {
  const converted: Record<string, unknown> = {};
  for (const field of messageSchema(type).fields) {
    const value = Object.hasOwn(object, field.name) ? (object as Fields)[field.name] : undefined;
    if (value === undefined || value === null) continue;
    converted[field.name] = everyValue(field, value, (each) => one(field, each));
  }
  return converted;
}

/** Applies `one` to the value, or to each that a list or map holds. */
export function everyValue(field: FieldSchema, value: unknown, one: (value: unknown) => unknown): unknown {
  if (field.presence === 'repeated' || field.presence === 'packed') return Array.from(value as unknown[], one);
  if (field.presence !== 'map') return one(value);
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, one(each)]));
}

function valueToPlain({ kind, type }: FieldSchema, value: unknown, options: ObjectOptions): unknown {
  if (kind === 'message') return toPlain(type, value as object, options);
  if (kind === 'enum')
    return options.enums === undefined ? value : (enumSchema(type).nameOf.get(Number(value)) ?? value);
  if (type === 'bytes') return bytesToPlain(value as Uint8Array, options.bytes);
  if (WIDE.test(type) && options.longs !== undefined) return options.longs(value);
  return value;
}

function bytesToPlain(bytes: Uint8Array, form: ObjectOptions['bytes']): unknown {
  if (form === undefined) return bytes;
  return form === Array ? Array.from(bytes) : HostBuffer.from(bytes).toString('base64');
}

function valueFromPlain({ kind, type, name }: FieldSchema, value: unknown): unknown {
  if (kind === 'message') return fromPlain(type, value as object);
  if (kind === 'enum') return typeof value === 'string' ? enumNumber(type, value, name) : value;
  if (type === 'bytes') return bytesFromPlain(value);
  if (typeof value === 'string' && /int|fixed/.test(type)) return Number(value);
  return value;
}

function enumNumber(type: string, value: string, name: string): number {
  const number = enumSchema(type).numberOf.get(value);
  if (number === undefined) throw new TypeError(`${name}: ${type} has no value '${value}'`);
  return number;
}

function bytesFromPlain(value: unknown): Uint8Array {
  if (typeof value === 'string') return new Uint8Array(HostBuffer.from(value, 'base64'));
  return value instanceof Uint8Array ? value : Uint8Array.from(value as ArrayLike<number>);
}
