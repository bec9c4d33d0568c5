/** Messages as plain objects, and back: the forms that protobufjs calls `toObject` and `fromObject`. */
import { HostBuffer } from '../binary/host-buffer.ts';
import { enumSchema, type FieldSchema, messageSchema } from '../schema.ts';

/** In which form values are written; without an option they stay as they are. */
export interface ObjectOptions {
  enums?: StringConstructor;
  longs?: StringConstructor | NumberConstructor;
  bytes?: StringConstructor | ArrayConstructor;
  /** Also write what is not set: lists and maps as empty, values as the default of their type, messages as null. */
  defaults?: boolean;
  /** Also write lists that are not set. */
  arrays?: boolean;
  /** Also write maps that are not set. */
  objects?: boolean;
  /** Also write, under the name of each oneof, which of its fields is set. */
  oneofs?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const WIDE = /^(?:u?int64|sint64|s?fixed64)$/;

/** The fields that are set on the message. */
export function toPlain(type: string, message: object, options: ObjectOptions): Record<string, unknown> {
  const { defaults, arrays, objects } = options;
  const set = convert(type, message, (field, value) => valueToPlain(field, value, options));
  const asksForMore = defaults === true || arrays === true || objects === true;
  return { ...(asksForMore && unset(type, set, options)), ...set, ...(options.oneofs === true && chosen(type, set)) };
}

/** By name of a oneof, the names of its fields. */
export function oneofsOf(type: string): Map<string, string[]> {
  const oneofs = new Map<string, string[]>();
  for (const { name, oneof } of messageSchema(type).fields)
    if (oneof !== undefined) oneofs.set(oneof, [...(oneofs.get(oneof) ?? []), name]);
  return oneofs;
}

function chosen(type: string, set: Fields): Record<string, string> {
  const named = [...oneofsOf(type)].flatMap(([oneof, members]) => {
    const member = members.find((name) => Object.hasOwn(set, name));
    return member === undefined ? [] : [[oneof, member]];
  });
  return Object.fromEntries(named) as Record<string, string>;
}

/** What the options ask for beside what is set. */
function unset(type: string, set: Fields, options: ObjectOptions): Record<string, unknown> {
  const missing = messageSchema(type).fields.filter(
    ({ name, oneof }) => oneof === undefined && !Object.hasOwn(set, name),
  );
  const written = missing.flatMap((field) => {
    const list = field.presence === 'repeated' || field.presence === 'packed';
    const asked = list ? options.arrays : field.presence === 'map' && options.objects;
    if (options.defaults !== true && asked !== true) return [];
    return [[field.name, list ? [] : field.presence === 'map' ? {} : defaultPlain(field, options)]];
  });
  return Object.fromEntries(written) as Record<string, unknown>;
}

function defaultPlain({ kind, type }: FieldSchema, options: ObjectOptions): unknown {
  if (kind === 'message') return null;
  if (kind === 'enum') return options.enums === undefined ? 0 : enumSchema(type).nameOf.get(0);
  if (type === 'string') return '';
  if (type === 'bool') return false;
  if (type === 'bytes') return bytesToPlain(new Uint8Array(0), options.bytes);
  return WIDE.test(type) && options.longs === String ? '0' : 0;
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
