/**
 * The messages and enums of the API as values under their names, `temporal.api.common.v1.Payload` and the like. What is
 * behind a name is made when somebody asks for it: a start costs nothing.
 */
import { findMessageClass } from './message/message-class.ts';
import type { MessageType } from './message/message-type.ts';
import { allEnumNames, allMessageNames, enumSchema } from './schema.ts';

/** An enum as a value: numbers by name, and names by number. */
export type EnumType<T> = T & { readonly [value: number]: string };

const members = new Map<string, unknown>();

/** What lies under `name`: the names directly under it are properties, each made at its first use. */
export function apiNamespace(name: string): object {
  const space: object = findMessageClass(name) ?? {};
  const within = `${name}.`;
  for (const full of [...allMessageNames(), ...allEnumNames()]) {
    if (!full.startsWith(within)) continue;
    const key = full.slice(within.length).split('.', 1)[0] ?? '';
    if (Object.hasOwn(space, key)) continue;
    Object.defineProperty(space, key, { get: () => memberOf(within + key), enumerable: true, configurable: true });
  }
  return space;
}

/**
 * The type of a message by its full name, with or without a dot in front, as a root of protobufjs finds it.
 *
 * @throws Error when there is no such message
 * @example lookupType('temporal.api.common.v1.Payload').decode(bytes)
 */
export function lookupType(path: string): MessageType<object> {
  const found = findMessageClass(path.replace(/^\./, ''));
  if (found === undefined) throw new Error(`no such type: ${path}`);
  return found;
}

function memberOf(name: string): unknown {
  if (!members.has(name)) members.set(name, allEnumNames().includes(name) ? enumType(name) : apiNamespace(name));
  return members.get(name);
}

function enumType(name: string): object {
  const { nameOf, numberOf } = enumSchema(name);
  // Names by number are inherited, so that whoever walks the names does not meet them.
  const names = Object.fromEntries(nameOf) as object;
  return Object.assign(Object.create(names) as object, Object.fromEntries(numberOf));
}
