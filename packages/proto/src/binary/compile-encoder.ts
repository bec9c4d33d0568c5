import type { FieldSchema, MessageSchema } from '../schema.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { DEEPEST_MESSAGE, tag, wireType } from './wire-type.ts';

export type Encode = (message: object, writer: BinaryWriter, depth: number) => void;

/** Compiled when a message of the type is first met, so that a program pays for the types it uses. */
export interface EncoderSlot {
  encode: Encode;
}

/**
 * Writes fields by number, packs what is packed, leaves out defaults of fields without presence: the order and the
 * choices that make equal messages equal bytes.
 */
export function compileEncoder(schema: MessageSchema, slotOf: (type: string) => EncoderSlot): Encode {
  const types = [...new Set(schema.fields.filter(({ kind }) => kind === 'message').map(({ type }) => type))];
  const body = [
    `if (depth > ${DEEPEST_MESSAGE}) throw tooDeep();`,
    "if (typeof m !== 'object' || m === null) throw new TypeError('expected an object');",
    'let v;',
    ...schema.fields.map((field) => encodeField(field, `s${types.indexOf(field.type)}`)),
  ].join('\n');
  // oxlint-disable-next-line typescript/no-implied-eval -- made of names and numbers from tables that the build wrote
  const make = new Function(
    'tooDeep',
    'list',
    ...types.map((_, index) => `s${index}`),
    `return (m, w, depth) => {${body}}`,
  );
  return make(tooDeep, list, ...types.map(slotOf)) as Encode;
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('expected an array');
}

function tooDeep(): RangeError {
  return new RangeError(`messages nested deeper than ${DEEPEST_MESSAGE}: does one contain itself?`);
}

function encodeField(field: FieldSchema, slot: string): string {
  const load = `(v = m.${field.name}) != null`;
  switch (field.presence) {
    case 'map':
      return `if (${load}) { for (const k of Object.keys(v)) { ${mapEntry(field, slot)} } }`;
    case 'packed': {
      const head = `w.uint32(${tag(field.number, 2)}); const at = w.begin();`;
      return `if (${load} && list(v).length) { ${head} for (let i = 0; i < v.length; i++) { ${scalar(field, 'v[i]')} } w.end(at); }`;
    }
    case 'repeated':
      return `if (${load} && list(v).length) for (let i = 0; i < v.length; i++) { ${single(field, slot, 'v[i]')} }`;
    case 'explicit':
      return `if (${load}) { ${single(field, slot, 'v')} }`;
    case 'implicit':
      return `if (${load}${notDefault(field)}) { ${single(field, slot, 'v')} }`;
  }
}

function notDefault({ kind, type }: FieldSchema): string {
  if (kind === 'message') return '';
  if (type === 'string') return " && v !== ''";
  if (type === 'bytes') return ' && v.length !== 0';
  if (type === 'bool') return ' && v !== false';
  if (type === 'double' || type === 'float') return ' && !Object.is(v, 0)';
  return type === 'int64' || type === 'uint64' ? ' && v != 0' : ' && v !== 0';
}

function single(field: FieldSchema, slot: string, value: string): string {
  const head = `w.uint32(${tag(field.number, wireType(field))});`;
  return `${head} ${field.kind === 'message' ? nested(slot, value) : scalar(field, value)}`;
}

function nested(slot: string, value: string): string {
  return `{ const at = w.begin(); ${slot}.encode(${value}, w, depth + 1); w.end(at); }`;
}

function scalar({ kind, type }: FieldSchema, value: string): string {
  if (kind === 'enum') return `w.int32(${value});`;
  return `w.${type === 'uint64' ? 'int64' : type}(${value});`;
}

function mapEntry(field: FieldSchema, slot: string): string {
  const key =
    field.mapKey === 'string' ? `w.uint32(${tag(1, 2)}); w.string(k);` : `w.uint32(${tag(1, 0)}); w.int32(Number(k));`;
  const valueTag = `w.uint32(${tag(2, wireType(field))});`;
  const value = field.kind === 'message' ? nested(slot, 'v[k]') : scalar(field, 'v[k]');
  return `w.uint32(${tag(field.number, 2)}); const entry = w.begin(); ${key} ${valueTag} ${value} w.end(entry);`;
}
