import type { FieldSchema } from '../schema.ts';

const WIRE_TYPES: Readonly<Record<string, number>> = {
  bool: 0,
  bytes: 2,
  double: 1,
  fixed64: 1,
  float: 5,
  int32: 0,
  int64: 0,
  string: 2,
  uint32: 0,
  uint64: 0,
};

/** How a single value of this field lies on the wire. */
export function wireType(field: Pick<FieldSchema, 'kind' | 'type'>): number {
  if (field.kind === 'message') return 2;
  if (field.kind === 'enum') return 0;
  const found = WIRE_TYPES[field.type];
  if (found === undefined) throw new TypeError(`There is no scalar type '${field.type}'.`);
  return found;
}

export function tag(number: number, type: number): number {
  return ((number << 3) | type) >>> 0;
}

/** Nested deeper than this, a message is taken for an attack or for an object that contains itself. */
export const DEEPEST_MESSAGE = 400;
