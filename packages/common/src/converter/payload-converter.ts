import { brandError, isRecord } from '../brand.ts';
import { PayloadConverterError, ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';

/** Whose payload is converted; converters and codecs may depend on it. */
export type SerializationContext = WorkflowSerializationContext | ActivitySerializationContext;

export interface WorkflowSerializationContext {
  type: 'workflow';
  namespace: string;
  workflowId: string;
}

export interface ActivitySerializationContext {
  type: 'activity';
  namespace: string;
  activityId?: string;
  workflowId?: string;
  isLocal: boolean;
}

/**
 * Turns values into payloads and back, synchronously and deterministically: it also runs inside workflows.
 * Both directions must be pure.
 */
export interface PayloadConverter {
  /** The payload of a value. Throws when there is none. */
  toPayload<T>(value: T): Payload;
  /** The value of a payload. */
  fromPayload<T>(payload: Payload): T;
  /** The converter for one context; without this method, it is the same for all. */
  withContext?(context: SerializationContext): PayloadConverter;
}

/** One kind of payload; several make a CompositePayloadConverter. */
export interface PayloadConverterWithEncoding {
  /** The value of the `encoding` metadata that this converter writes and reads. */
  readonly encodingType: string;
  /** The payload of a value, or undefined when this converter does not take such values. */
  toPayload<T>(value: T): Payload | undefined;
  fromPayload<T>(payload: Payload): T;
  withContext?(context: SerializationContext): PayloadConverterWithEncoding;
}

/** The key of the metadata that names the encoding. */
export const METADATA_ENCODING_KEY = 'encoding';
/** The key of the metadata that names the protobuf message. */
export const METADATA_MESSAGE_TYPE_KEY = 'messageType';

/** The encodings that converters of the field agree on. */
export const encodingTypes = {
  METADATA_ENCODING_NULL: 'binary/null',
  METADATA_ENCODING_RAW: 'binary/plain',
  METADATA_ENCODING_JSON: 'json/plain',
  METADATA_ENCODING_PROTOBUF_JSON: 'json/protobuf',
  METADATA_ENCODING_PROTOBUF: 'binary/protobuf',
} as const;
export type EncodingType = (typeof encodingTypes)[keyof typeof encodingTypes];

/** Carries the type of a RawValue's content, for the compiler only. */
export const rawPayloadTypeBrand: unique symbol = Symbol.for('__temporal_rawPayloadTypeBrand');

/** A payload that is passed on as it is, without conversion. */
export class RawValue<T = unknown> {
  declare readonly [rawPayloadTypeBrand]: T;
  readonly #payload: Payload;

  constructor(payload: Payload) {
    this.#payload = payload;
  }

  /** Converts a value now. */
  static fromPayload(payload: Payload): RawValue {
    return new RawValue(payload);
  }

  get payload(): Payload {
    return this.#payload;
  }
  static {
    brandError(this as unknown as new () => Error, 'RawValue');
  }
}

/** Makes sure that a converter returned a payload. */
export function createPayloadValidationError(value: unknown): PayloadConverterError | undefined {
  return isRecord(value)
    ? undefined
    : new PayloadConverterError(
        `Expected a payload converter to return a payload, got ${value === null ? 'null' : typeof value}`,
      );
}

/** The payloads of values, or undefined when there are none. */
export function toPayloads(converter: PayloadConverter, ...values: unknown[]): Payload[] | undefined {
  return values.length === 0 ? undefined : values.map((value) => converter.toPayload(value));
}

/** Like `toPayloads`, in a serialization context. */
export function toPayloadsWithContext(
  converter: PayloadConverter,
  context: SerializationContext,
  values: unknown[],
): Payload[] | undefined {
  return toPayloads(withContext(converter, context), ...values);
}

/** The converter for a context; one that does not know contexts is returned as it is. */
export function withContext<C extends { withContext?(context: SerializationContext): C }>(
  converter: C,
  context: SerializationContext,
): C {
  return converter.withContext?.(context) ?? converter;
}

/** The payload of a value, but undefined stays undefined. */
export function convertOptionalToPayload(converter: PayloadConverter, value: unknown): Payload | undefined {
  return value === undefined ? undefined : converter.toPayload(value);
}

/** The value at one index; missing payloads give undefined. */
export function fromPayloadsAtIndex<T>(
  converter: PayloadConverter,
  index: number,
  payloads: readonly Payload[] | null | undefined,
): T {
  const payload = payloads?.[index];
  // A missing payload means that the other side passed nothing.
  return payload === undefined ? (undefined as T) : converter.fromPayload<T>(payload);
}

/** The values of payloads; none when there are no payloads. */
export function arrayFromPayloads(converter: PayloadConverter, payloads?: readonly Payload[] | null): unknown[] {
  return (payloads ?? []).map((payload) => converter.fromPayload(payload));
}

/** The payloads of the values of an object. */
export function mapToPayloads<K extends string>(
  converter: PayloadConverter,
  values: Record<K, unknown>,
): Record<K, Payload> {
  const entries = Object.entries(values).map(([key, value]) => [key, converter.toPayload(value)]);
  return Object.fromEntries(entries) as Record<K, Payload>;
}

/** The values of an object of payloads; undefined stays undefined. */
export function mapFromPayloads<K extends string, T = unknown>(
  converter: PayloadConverter,
  payloads: Record<K, Payload> | null | undefined,
): Record<K, T> | undefined {
  if (payloads === null || payloads === undefined) return undefined;
  const entries = Object.entries<Payload>(payloads).map(([key, payload]) => [key, converter.fromPayload<T>(payload)]);
  return Object.fromEntries(entries) as Record<K, T>;
}

/** Several converters as one: the first that takes a value makes its payload; the encoding chooses the way back. */
export class CompositePayloadConverter implements PayloadConverter {
  readonly converters: readonly PayloadConverterWithEncoding[];
  readonly #byEncoding = new Map<string, PayloadConverterWithEncoding>();

  constructor(...converters: PayloadConverterWithEncoding[]) {
    if (converters.length === 0)
      throw new PayloadConverterError('Must provide at least one PayloadConverterWithEncoding');
    this.converters = converters;
    for (const converter of converters) this.#byEncoding.set(converter.encodingType, converter);
  }

  /** @throws ValueError when no converter takes the value */
  toPayload<T>(value: T): Payload {
    if (value instanceof RawValue) return value.payload;
    for (const converter of this.converters) {
      const payload = converter.toPayload(value);
      if (payload !== undefined) return payload;
    }
    throw new ValueError(`Unable to convert ${describeValue(value)} to payload`);
  }

  /** @throws ValueError when the payload has no encoding, or one that no converter knows */
  fromPayload<T>(payload: Payload): T {
    const encodingBytes = payload.metadata?.[METADATA_ENCODING_KEY];
    if (encodingBytes === undefined || encodingBytes === null) throw new ValueError('Missing payload metadata');
    const encoding = encodingName(encodingBytes);
    const converter = this.#byEncoding.get(encoding);
    if (converter === undefined) throw new ValueError(`Unknown encoding: ${encoding}`);
    return converter.fromPayload<T>(payload);
  }

  withContext(context: SerializationContext): PayloadConverter {
    if (this.converters.every((converter) => converter.withContext === undefined)) return this;
    return new CompositePayloadConverter(...this.converters.map((converter) => withContext(converter, context)));
  }
}

function encodingName(bytes: Uint8Array): string {
  let name = '';
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}

function describeValue(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
