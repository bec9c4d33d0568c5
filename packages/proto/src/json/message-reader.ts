import { type FieldSchema, messageSchema } from '../schema.ts';
import type { FieldReader, MessageReader, ReadValue } from './json-source.ts';
import { enumReader, scalarReader } from './scalar-from-json.ts';
import { WELL_KNOWN_FROM_JSON } from './well-known-from-json.ts';

const readers = new Map<string, MessageReader>();

/** Made once for all messages of a type. */
export function messageReader(type: string): MessageReader {
  let reader = readers.get(type);
  if (reader === undefined) {
    reader = { type, fields: new Map(messageSchema(type).fields.map((field) => [field.name, fieldReader(field)])) };
    readers.set(type, reader);
  }
  return reader;
}

function fieldReader({ name, presence, kind, type }: FieldSchema): FieldReader {
  const isMessage = kind === 'message';
  const takesNull = type === 'google.protobuf.Value' || type === 'google.protobuf.NullValue';
  const read = isMessage ? messageField(type) : kind === 'enum' ? enumReader(type) : scalarReader(type);
  return { name, presence, isMessage, takesNull, read };
}

/** Types are looked up when there is a value: they refer to each other in circles. */
function messageField(type: string): ReadValue {
  const wellKnown = WELL_KNOWN_FROM_JSON.get(type);
  if (wellKnown !== undefined) return wellKnown;
  let reader: MessageReader | undefined;
  return (json, source) => source.fields((reader ??= messageReader(type)), json);
}
