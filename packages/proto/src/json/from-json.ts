import type { MessageTypes } from '../generated/messages.ts';
import { describeJson, JsonMessageError } from './json-message-error.ts';
import type { FieldReader, JsonSource, MessageReader } from './json-source.ts';
import { setOwn } from './json-value.ts';
import { messageReader } from './message-reader.ts';
import { WELL_KNOWN_FROM_JSON } from './well-known-from-json.ts';

export interface FromJsonOptions {
  /** What to do with a property that the message does not have. Default: `reject`. */
  unknownFields?: 'reject' | 'ignore';
  /** Give bytes as `Buffer`, where the host has it. Default: false, as Uint8Array. */
  asBuffers?: boolean;
}

/**
 * Reads proto3 JSON, and the forms that histories are found in: enum values by their old PascalCase names or numbers,
 * field names in snake_case, 64-bit integers as `{ low, high }`, times as `{ seconds, nanos }`, bytes as base64 of either
 * alphabet, as `{ type: 'Buffer', data }` or as an object of numbers.
 *
 * @param type full name, such as `temporal.api.history.v1.History`
 * @throws JsonMessageError with the path of the first value that does not fit
 */
export function fromJson<Name extends keyof MessageTypes>(
  type: Name,
  json: unknown,
  options?: FromJsonOptions,
): MessageTypes[Name];
export function fromJson(type: string, json: unknown, options?: FromJsonOptions): object;
export function fromJson(type: string, json: unknown, options: FromJsonOptions = {}): object {
  return new JsonReader(options).message(type, json);
}

type Step = string | number;
const DEEPEST = 1000;

/**
 * Owns the path to the value it is at, kept as steps and put together only for an error.
 */
class JsonReader implements JsonSource {
  readonly #ignoreUnknown: boolean;
  readonly asBuffers: boolean;
  readonly #steps: Step[] = [];

  constructor({ unknownFields, asBuffers = false }: FromJsonOptions) {
    this.#ignoreUnknown = unknownFields === 'ignore';
    this.asBuffers = asBuffers;
  }

  message(type: string, json: unknown): object {
    const wellKnown = WELL_KNOWN_FROM_JSON.get(type);
    return wellKnown === undefined ? this.fields(messageReader(type), json) : wellKnown(json, this);
  }

  fields({ type, fields }: MessageReader, json: unknown): object {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw this.error(`expected an object (${type}), found ${describeJson(json)}`);
    }
    const message: Record<string, unknown> = {};
    for (const key of Object.keys(json)) {
      const value = (json as Readonly<Record<string, unknown>>)[key];
      if (value === undefined) continue;
      const field = fields.get(key) ?? fieldInSnakeCase(fields, key);
      if (field !== undefined) {
        if (value !== null || field.takesNull) this.#field(field, value, message);
      } else if (!this.#ignoreUnknown && key !== '@type') throw this.error(`${type} has no field '${key}'`);
    }
    return message;
  }

  /** Reads something with one more step in the path. */
  at<Result>(step: Step, read: () => Result): Result {
    if (this.#steps.length > DEEPEST) throw this.error(`nested deeper than ${DEEPEST}`);
    this.#steps.push(step);
    const result = read();
    this.#steps.pop();
    return result;
  }

  error(problem: string): JsonMessageError {
    const path = this.#steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return new JsonMessageError(path.replace(/^\./, ''), problem);
  }

  #field(field: FieldReader, value: unknown, into: Record<string, unknown>): void {
    this.#steps.push(field.name);
    if (this.#steps.length > DEEPEST) throw this.error(`nested deeper than ${DEEPEST}`);
    if (field.presence === 'implicit') {
      const read = field.read(value, this);
      if (field.isMessage || !isDefault(read)) into[field.name] = read;
    } else if (field.presence === 'explicit') {
      into[field.name] = field.read(value, this);
    } else if (field.presence === 'map') {
      const map = this.#map(field, value);
      if (map !== undefined) into[field.name] = map;
    } else {
      const list = this.#list(field, value);
      if (list.length > 0) into[field.name] = list;
    }
    this.#steps.pop();
  }

  #list(field: FieldReader, json: unknown): unknown[] {
    if (!Array.isArray(json)) throw this.error(`expected an array, found ${describeJson(json)}`);
    const list: unknown[] = [];
    for (let index = 0; index < json.length; index++) {
      this.#steps.push(index);
      list.push(field.read(json[index], this));
      this.#steps.pop();
    }
    return list;
  }

  #map(field: FieldReader, json: unknown): object | undefined {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw this.error(`expected an object, found ${describeJson(json)}`);
    }
    const keys = Object.keys(json);
    if (keys.length === 0) return undefined;
    const map: Record<string, unknown> = {};
    for (const key of keys) {
      const value = this.at(key, () => field.read((json as Record<string, unknown>)[key], this));
      if (key === '__proto__') setOwn(map, key, value);
      else map[key] = value;
    }
    return map;
  }
}

function fieldInSnakeCase(fields: MessageReader['fields'], key: string): FieldReader | undefined {
  if (!key.includes('_')) return undefined;
  return fields.get(key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()));
}

function isDefault(value: unknown): boolean {
  return value === '' || value === false || Object.is(value, 0) || (value instanceof Uint8Array && value.length === 0);
}
