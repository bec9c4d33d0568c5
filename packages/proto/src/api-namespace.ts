/**
 * The messages and enums of the API as values under their names, `temporal.api.common.v1.Payload` and the like. What is
 * behind a name is made when somebody asks for it: a start costs nothing.
 */
import { decodeBytes, encodeBytes } from './binary/codec.ts';
import { allEnumNames, allMessageNames, enumSchema } from './schema.ts';

/** A message type as a value. */
export interface MessageType<T> {
  /** A message with these fields. */
  create(fields?: T): T;
  /** @throws TypeError that names the field when a value is of the wrong type */
  encode(message: T): { finish(): Uint8Array };
  /** Absent fields are absent properties. @throws MalformedMessageError when the bytes are not such a message */
  decode(bytes: Uint8Array): T;
}

/** An enum as a value: numbers by name, and names by number. */
export type EnumType<T> = T & { readonly [value: number]: string };

/** What lies under `name`. */
export function apiNamespace(name: string): object {
  const members = new Map<string, unknown>();
  const own: object = allMessageNames().includes(name) ? messageType(name) : {};
  return new Proxy(own, {
    get(target, key) {
      if (typeof key !== 'string' || Object.hasOwn(target, key)) return Reflect.get(target, key) as unknown;
      if (!members.has(key)) members.set(key, memberOf(`${name}.${key}`));
      return members.get(key);
    },
  });
}

function memberOf(name: string): unknown {
  if (allEnumNames().includes(name)) return enumType(name);
  const within = `${name}.`;
  const exists = [...allMessageNames(), ...allEnumNames()].some((one) => one === name || one.startsWith(within));
  return exists ? apiNamespace(name) : undefined;
}

function messageType(name: string): MessageType<object> {
  return {
    create: (fields = {}) => ({ ...fields }),
    encode: (message) => ({ finish: () => encodeBytes(name, message) }),
    decode: (bytes) => decodeBytes(name, bytes),
  };
}

function enumType(name: string): object {
  const { nameOf, numberOf } = enumSchema(name);
  // Names by number are inherited, so that whoever walks the names does not meet them.
  const names = Object.fromEntries(nameOf) as object;
  return Object.assign(Object.create(names) as object, Object.fromEntries(numberOf));
}
