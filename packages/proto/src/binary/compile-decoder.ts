import type { FieldSchema, MessageSchema } from '../schema.ts';
import type { BinaryReader } from './binary-reader.ts';
import { DEEPEST_MESSAGE, tag, wireType } from './wire-type.ts';

/** Reads up to `end` into a new message, or into one that an earlier field of the same number began. */
export type Decode = (reader: BinaryReader, end: number, depth: number, into?: object) => object;

/** Compiled when a message of the type is first met, so that a program pays for the types it uses. */
export interface DecoderSlot {
  decode: Decode;
}

/** What a decoder makes: plain objects, or, of a constructor, messages that inherit what is not set on them. */
export interface DecoderParts {
  slotOf: (type: string) => DecoderSlot;
  Message?: new () => object;
}

export function compileDecoder(schema: MessageSchema, { slotOf, Message }: DecoderParts): Decode {
  const types = [...new Set(schema.fields.filter(({ kind }) => kind === 'message').map(({ type }) => type))];
  const oneofs = [...new Set(schema.fields.flatMap(({ oneof }) => oneof ?? []))];
  const inherits = Message !== undefined;
  const cases = schema.fields.flatMap((field) =>
    decodeField(field, { slot: `s${types.indexOf(field.type)}`, oneofs, inherits }),
  );
  const numbers = schema.fields.map(({ number }) => `case ${number}:`).join(' ');
  const body = `
    if (depth > ${DEEPEST_MESSAGE}) throw r.malformed('messages nested deeper than ${DEEPEST_MESSAGE}');
    const m = into === undefined ? ${inherits ? 'new Message()' : '{}'} : into;
    let v${oneofs.map((_, index) => `, o${index}`).join('')};
    while (r.position < end) {
      const t = r.uint32();
      switch (t) {
        ${cases.join('\n')}
        default:
          ${numbers === '' ? '' : `switch (t >>> 3) { ${numbers} throw wrongWireType(r, t); }`}
          r.skip(t);
      }
    }
    if (r.position !== end) throw r.malformed('a field that runs past the end of its message (${schema.name})');
    return m;`;
  const wrongWireType = (reader: BinaryReader, found: number): Error => {
    const name = schema.fields.find(({ number }) => number === found >>> 3)?.name;
    return reader.malformed(`field ${schema.name}.${name} with wire type ${found & 7}`);
  };
  const parameters = ['setOwn', 'wrongWireType', 'Message', ...types.map((_, index) => `s${index}`)];
  // oxlint-disable-next-line typescript/no-implied-eval -- made of names and numbers from tables that the build wrote
  const make = new Function(...parameters, `return (r, end, depth, into) => {${body}}`);
  return make(setOwn, wrongWireType, Message, ...types.map(slotOf)) as Decode;
}

/** A key such as `__proto__` becomes a property like any other. */
function setOwn(map: object, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

interface FieldPlace {
  slot: string;
  oneofs: string[];
  inherits: boolean;
}

function decodeField(field: FieldSchema, { slot, oneofs, inherits }: FieldPlace): string[] {
  const single = tag(field.number, wireType(field));
  const at = `m.${field.name}`;
  const isUnset = inherits ? `!Object.hasOwn(m, '${field.name}')` : `${at} === undefined`;
  switch (field.presence) {
    case 'map':
      return [`case ${tag(field.number, 2)}: { ${mapEntry(field, { slot, isUnset })} break; }`];
    case 'packed':
    case 'repeated': {
      const list = `(${isUnset} ? (${at} = []) : ${at})`;
      const one = `case ${single}: ${list}.push(${read(field, slot)}); break;`;
      if (wireType(field) === 2) return [one];
      const all = `const e = r.end(), a = ${list}; while (r.position < e) a.push(${read(field, slot)});`;
      const check = `if (r.position !== e) throw r.malformed('a packed field that runs past its end');`;
      return [one, `case ${tag(field.number, 2)}: { ${all} ${check} break; }`];
    }
    case 'explicit':
      return [`case ${single}: ${oneofChange(field, oneofs)} ${at} = ${read(field, slot, at)}; break;`];
    case 'implicit':
      if (field.kind === 'message') return [`case ${single}: ${at} = ${read(field, slot, at)}; break;`];
      return [
        `case ${single}: if (${notDefault(field, `v = ${read(field, slot)}`)}) ${at} = v; else delete ${at}; break;`,
      ];
  }
}

/** Of several members of a oneof on the wire, the last one counts. */
function oneofChange({ oneof, name }: FieldSchema, oneofs: string[]): string {
  if (oneof === undefined) return '';
  const last = `o${oneofs.indexOf(oneof)}`;
  return `if (${last} !== undefined && ${last} !== '${name}') delete m[${last}]; ${last} = '${name}';`;
}

function notDefault({ kind, type }: FieldSchema, value: string): string {
  if (kind === 'enum') return `(${value}) !== 0`;
  if (type === 'string') return `(${value}) !== ''`;
  if (type === 'bytes') return `(${value}).length !== 0`;
  if (type === 'double' || type === 'float') return `!Object.is(${value}, 0)`;
  return type === 'bool' ? `(${value})` : `(${value}) !== 0`;
}

function read({ kind, type }: FieldSchema, slot: string, into = 'undefined'): string {
  if (kind === 'message') return `${slot}.decode(r, r.end(), depth + 1, ${into})`;
  return kind === 'enum' ? 'r.int32()' : `r.${type}()`;
}

function mapEntry(field: FieldSchema, { slot, isUnset }: { slot: string; isUnset: string }): string {
  const key = field.mapKey === 'string' ? "''" : '0';
  const value = field.kind === 'message' ? `${slot}.decode(r, r.position, depth + 1)` : zero(field);
  return `
    const e = r.end();
    let k = ${key}, x = ${value};
    while (r.position < e) {
      const u = r.uint32();
      if (u === ${tag(1, field.mapKey === 'string' ? 2 : 0)}) k = r.${field.mapKey}();
      else if (u === ${tag(2, wireType(field))}) x = ${read(field, slot)};
      else if (u >>> 3 === 1 || u >>> 3 === 2) throw wrongWireType(r, ${tag(field.number, 0)} | (u & 7));
      else r.skip(u);
    }
    if (r.position !== e) throw r.malformed('a map entry that runs past its end');
    if (${isUnset}) m.${field.name} = {};
    if (k === '__proto__') setOwn(m.${field.name}, k, x); else m.${field.name}[k] = x;`;
}

function zero({ kind, type }: FieldSchema): string {
  if (kind === 'enum') return '0';
  if (type === 'string') return "''";
  if (type === 'bytes') return 'new Uint8Array(0)';
  return type === 'bool' ? 'false' : '0';
}
