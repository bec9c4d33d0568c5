import { type FieldSchema, findMessageSchema } from '../schema.ts';
import { integerFrom } from './int64-halves.ts';
import { DEEPEST_MESSAGE } from './wire-type.ts';

/**
 * The encoder is too hot to carry paths, so when it throws, the message is walked once more to find what it stumbled on.
 */
export function findBadField(type: string, message: unknown, error: unknown): unknown {
  const found = badMessage(type, message, { path: type, depth: 0 });
  return found === undefined ? error : new TypeError(`Cannot encode ${found}`, { cause: error });
}

interface Place {
  path: string;
  depth: number;
}

function badMessage(type: string, message: unknown, { path, depth }: Place): string | undefined {
  const schema = findMessageSchema(type);
  if (schema === undefined || depth > DEEPEST_MESSAGE) return undefined;
  if (typeof message !== 'object' || message === null) return `${path}: expected ${type}, found ${describe(message)}`;
  for (const field of schema.fields) {
    const value = (message as Record<string, unknown>)[field.name];
    if (value === undefined || value === null) continue;
    const found = badField(field, value, { path: `${path}.${field.name}`, depth });
    if (found !== undefined) return found;
  }
  return undefined;
}

function badField(field: FieldSchema, value: unknown, { path, depth }: Place): string | undefined {
  if (field.presence === 'map') {
    if (typeof value !== 'object') return `${path}: expected an object, found ${describe(value)}`;
    return first(Object.entries(value ?? {}), ([key, entry]) =>
      badValue(field, entry, { path: `${path}['${key}']`, depth }),
    );
  }
  if (field.presence === 'repeated' || field.presence === 'packed') {
    if (!Array.isArray(value)) return `${path}: expected an array, found ${describe(value)}`;
    return first([...value.entries()], ([index, entry]) =>
      badValue(field, entry, { path: `${path}[${index}]`, depth }),
    );
  }
  return badValue(field, value, { path, depth });
}

function badValue(field: FieldSchema, value: unknown, { path, depth }: Place): string | undefined {
  if (field.kind === 'message') return badMessage(field.type, value, { path, depth: depth + 1 });
  const problem = badScalar(field, value);
  return problem === undefined ? undefined : `${path}: ${problem}`;
}

function badScalar({ kind, type }: FieldSchema, value: unknown): string | undefined {
  if (type === 'string') return typeof value === 'string' ? undefined : `expected a string, found ${describe(value)}`;
  if (type === 'bytes') {
    return value instanceof Uint8Array ? undefined : `expected a Uint8Array, found ${describe(value)}`;
  }
  if (type === 'int64' || type === 'uint64') return integerProblem(value);
  if (type === 'bool') return undefined;
  const expected = kind === 'enum' ? `a number of enum ${type}` : 'a number';
  return typeof value === 'number' ? undefined : `expected ${expected}, found ${describe(value)}`;
}

function integerProblem(value: unknown): string | undefined {
  try {
    integerFrom(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function first<T>(items: T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return `${typeof value} ${value}`;
  return typeof value;
}
