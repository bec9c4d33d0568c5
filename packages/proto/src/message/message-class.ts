/**
 * The classes of messages. A message of a class inherits what is not set on it, so that `response.executions.length` and
 * `failure.message === ''` hold; its own properties are what is set. Inside of this project messages are plain objects:
 * only what is handed to users is of these classes.
 */
import { decoderToClasses, encodeBytes } from '../binary/codec.ts';
import { BinaryReader } from '../binary/binary-reader.ts';
import { BinaryWriter } from '../binary/binary-writer.ts';
import { type FieldSchema, findMessageSchema, messageSchema } from '../schema.ts';
import { reflectField } from './field-reflection.ts';
import type { Filled } from './filled.ts';
import type { MessageType } from './message-type.ts';
import { everyValue, fromPlain, oneofsOf, toPlain } from './plain-object.ts';

const classes = new Map<string, MessageType<object>>();

/** The class of a message, by full name. Undefined when there is no such message. */
export function findMessageClass(name: string): MessageType<object> | undefined {
  const known = classes.get(name);
  if (known !== undefined) return known;
  if (findMessageSchema(name) === undefined) return undefined;
  const made = makeClass(name);
  classes.set(name, made);
  return made;
}

/**
 * Decodes a message, and all that are in it, to messages of their classes. Bytes are of the class of the source.
 *
 * @param type full name, such as `temporal.api.history.v1.History`
 * @throws MalformedMessageError when the bytes are not such a message
 */
export function decodeFilled(type: string, bytes: Uint8Array): object {
  return decode(type, bytes);
}

const decode = decoderToClasses((type) => constructorOf(messageClass(type)));

/** Copies a message, and all that are in it, to messages of their classes. */
function fill(type: string, message: object): object {
  const { byName } = messageSchema(type);
  const filled = new (constructorOf(messageClass(type)))() as Record<string, unknown>;
  for (const [name, value] of Object.entries(message)) {
    const field = byName.get(name);
    filled[name] =
      field?.kind === 'message' ? everyValue(field, value, (each) => fill(field.type, each as object)) : value;
  }
  return filled;
}

function constructorOf(type: MessageType<object>): new () => object {
  const { prototype } = type as unknown as { prototype: object };
  const Message = function Message(): void {};
  Message.prototype = prototype;
  return Message as unknown as new () => object;
}

function messageClass(name: string): MessageType<object> {
  const found = findMessageClass(name);
  if (found === undefined) throw new TypeError(`There is no message type '${name}' in the Temporal API.`);
  return found;
}

function makeClass(name: string): MessageType<object> {
  const { fields } = messageSchema(name);
  const Message = namedClass(name.slice(name.lastIndexOf('.') + 1), (properties) => {
    throw new TypeError(`Use ${name}.create(${properties === undefined ? '' : 'fields'}) in place of new`);
  });
  for (const field of fields) {
    const value = emptyValue(field);
    if (value !== undefined) define(Message.prototype, field.name, value);
  }
  for (const [oneof, members] of oneofsOf(name)) defineOneof(Message.prototype, oneof, members);
  define(Message.prototype, '$type', Message);
  define(Message.prototype, 'toJSON', function toJSON(this: object) {
    return toPlain(name, this, { enums: String, longs: String, bytes: String });
  });
  let reflected: MessageType<object>['fieldsArray'] | undefined;
  const type: MessageType<object> = {
    fullName: `.${name}`,
    get fieldsArray() {
      return (reflected ??= fields.map((field) => reflectField(field, messageClass)));
    },
    create: (given = {}) => Object.assign(Object.create(Message.prototype) as Filled<object>, copyOfSet(given)),
    encode: (message) => ({ finish: () => encodeBytes(name, message) }),
    encodeDelimited: (message) => ({ finish: () => delimited(encodeBytes(name, message)) }),
    decode: (bytes, length) => decode(name, length === undefined ? bytes : bytes.subarray(0, length)) as Filled<object>,
    decodeDelimited: (bytes) => decode(name, new BinaryReader(bytes, { asSource: true }).bytes()) as Filled<object>,
    verify: (message) => whatIsWrong(name, message),
    fromObject: (object) => fill(name, fromPlain(name, object)) as Filled<object>,
    toObject: (message, options = {}) => toPlain(name, message, options),
    getTypeUrl: (prefix = 'type.googleapis.com') => `${prefix}/${name}`,
  };
  return Object.defineProperties(Message, Object.getOwnPropertyDescriptors(type)) as unknown as MessageType<object>;
}

function namedClass(name: string, refuse: (properties: unknown) => never): { prototype: object } {
  const Message = function Message(properties: unknown): never {
    return refuse(properties);
  };
  Object.defineProperty(Message, 'name', { value: name });
  return Message;
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: false });
}

/** Makes the name of a oneof read as the name of its field that is set, so that `event[event.attributes]` is what is in it. */
function defineOneof(target: object, oneof: string, members: readonly string[]): void {
  Object.defineProperty(target, oneof, {
    get(this: object) {
      return members.find((member) => Object.hasOwn(this, member));
    },
    configurable: true,
    enumerable: false,
  });
}

/** What a field that is not set reads as; undefined where being set is a piece of information. */
function emptyValue({ presence, kind, type }: FieldSchema): unknown {
  if (presence === 'repeated' || presence === 'packed') return Object.freeze([]);
  if (presence === 'map') return Object.freeze({});
  if (presence === 'explicit' || kind === 'message') return undefined;
  if (kind === 'enum') return 0;
  if (type === 'string') return '';
  if (type === 'bytes') return new Uint8Array(0);
  return type === 'bool' ? false : 0;
}

function copyOfSet(fields: object): object {
  const set = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(set);
}

function delimited(bytes: Uint8Array): Uint8Array {
  const writer = new BinaryWriter();
  writer.bytes(bytes);
  return writer.finish();
}

function whatIsWrong(name: string, message: object): string | null {
  try {
    encodeBytes(name, message);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
