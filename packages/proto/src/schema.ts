import { enumTable, messageTable } from './generated/tables.ts';

export interface FieldSchema {
  /** As in the message and in proto3 JSON. */
  readonly name: string;
  readonly number: number;
  /** `implicit`: a default value is not written. `explicit`: whatever is there is written. */
  readonly presence: 'implicit' | 'explicit' | 'repeated' | 'packed' | 'map';
  readonly mapKey: 'string' | 'int32' | undefined;
  readonly kind: 'scalar' | 'message' | 'enum';
  /** The scalar, or the full name of the message or enum. */
  readonly type: string;
  readonly oneof: string | undefined;
}

export interface MessageSchema {
  readonly name: string;
  /** By number. */
  readonly fields: readonly FieldSchema[];
  readonly byName: ReadonlyMap<string, FieldSchema>;
}

export interface EnumSchema {
  readonly name: string;
  readonly nameOf: ReadonlyMap<number, string>;
  readonly numberOf: ReadonlyMap<string, number>;
}

/*
 * Tables are strings until someone asks for a type: a start costs nothing, and a program touches a tenth of them.
 */
const messages = new Map<string, MessageSchema>();
const enums = new Map<string, EnumSchema>();
let messageNames: string[] | undefined;
let enumNames: string[] | undefined;

/** Undefined when there is no message of this full name. */
export function findMessageSchema(name: string): MessageSchema | undefined {
  const known = messages.get(name);
  if (known !== undefined) return known;
  const row = Object.hasOwn(messageTable, name) ? messageTable[name] : undefined;
  if (row === undefined) return undefined;
  const schema = parseMessage(name, row);
  messages.set(name, schema);
  return schema;
}

/** The schema that a row of a table stands for. */
export function parseMessage(name: string, row: string): MessageSchema {
  const fields = row === '' ? [] : row.split(';').map(parseField);
  return { name, fields, byName: new Map(fields.map((field) => [field.name, field])) };
}

export function messageSchema(name: string): MessageSchema {
  const schema = findMessageSchema(name);
  if (schema === undefined) throw new TypeError(`There is no message type '${name}' in the Temporal API.`);
  return schema;
}

export function allMessageNames(): readonly string[] {
  messageNames ??= Object.keys(messageTable);
  return messageNames;
}

export function allEnumNames(): readonly string[] {
  enumNames ??= Object.keys(enumTable);
  return enumNames;
}

export function enumSchema(name: string): EnumSchema {
  const known = enums.get(name);
  if (known !== undefined) return known;
  const row = Object.hasOwn(enumTable, name) ? enumTable[name] : undefined;
  if (row === undefined) throw new TypeError(`There is no enum '${name}' in the Temporal API.`);
  const nameOf = new Map<number, string>();
  const numberOf = new Map<string, number>();
  for (const entry of row.split(';')) {
    const space = entry.indexOf(' ');
    const value = entry.slice(0, space);
    const number = Number(entry.slice(space + 1));
    if (!nameOf.has(number)) nameOf.set(number, value);
    numberOf.set(value, number);
  }
  const schema: EnumSchema = { name, nameOf, numberOf };
  enums.set(name, schema);
  return schema;
}

const SPEC = /^([?*+]?)(?:<(string|int32)>)?([.#]?)(\w+)$/;
const PRESENCE = { '': 'implicit', '?': 'explicit', '*': 'repeated', '+': 'packed' } as const;

function parseField(row: string): FieldSchema {
  const [name = '', number = '', spec = '', oneof] = row.split(' ');
  const [, mark = '', mapKey, reference = '', type = ''] = SPEC.exec(spec) ?? [];
  const kind = reference === '' ? 'scalar' : reference === '.' ? 'message' : 'enum';
  return {
    name,
    number: Number(number),
    presence: mapKey === undefined ? PRESENCE[mark as keyof typeof PRESENCE] : 'map',
    mapKey: mapKey as 'string' | 'int32' | undefined,
    kind,
    type: typeName(kind, type),
    oneof,
  };
}

function typeName(kind: FieldSchema['kind'], type: string): string {
  if (kind === 'scalar') return type;
  if (kind === 'message') return allMessageNames()[Number(type)] ?? type;
  return allEnumNames()[Number(type)] ?? type;
}
