import { isRecord } from '../brand.ts';
import { ExternalStorageNotConfiguredError, PayloadConverterError, ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import type { ConverterHint } from '../type-info.ts';
import { encodingTypes, METADATA_ENCODING_KEY } from './payload-encodings.ts';
import type { SerializationContext } from './serialization-context.ts';
import { isStorageReference } from './storage-reference.ts';

/**
 * Turns values into payloads and back, synchronously and deterministically: it also runs inside workflows.
 * Both directions must be pure.
 */
export interface PayloadConverter {
  /**
   * The payload of a value. Throws when there is none.
   *
   * @param context whose payload it is, when that is known
   * @param hint what the type of the value says to this converter, when it was declared
   */
  toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload;
  /** The value of a payload. */
  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T;
  /** False for a hint that is for this converter, and that it cannot use. */
  validateConverterHint?: (hint: ConverterHint) => boolean;
}

/** One kind of payload; several make a CompositePayloadConverter. */
export interface PayloadConverterWithEncoding {
  /** The value of the `encoding` metadata that this converter writes and reads. */
  readonly encodingType: string;
  /** The payload of a value, or undefined when this converter does not take such values. */
  toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload | undefined;
  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T;
  validateConverterHint?: (hint: ConverterHint) => boolean;
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

  /** The converters by the encoding that they write and read; a copy, since workflows share the converter. */
  get converterByEncoding(): Map<string, PayloadConverterWithEncoding> {
    return new Map(this.#byEncoding);
  }

  /** @throws ValueError when no converter takes the value, or knows the hint */
  toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload {
    if (isRawValue(value)) return value.payload;
    for (const converter of this.converters) {
      if (hint !== undefined && !knowsHint(converter, hint)) continue;
      const payload = converter.toPayload(value, context, hint);
      if (payload !== undefined) return payload;
    }
    if (hint !== undefined) throw new ValueError(`No payload converter supports converter hint '${hint.converter}'`);
    throw unconvertible(value);
  }

  /**
   * @throws ValueError when the payload has no encoding, or one that no converter knows
   * @throws PayloadConverterError when the converter of its encoding does not know the hint
   * @throws ExternalStorageNotConfiguredError when the payload is kept elsewhere: only external storage can tell it
   */
  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T {
    const encodingBytes = payload.metadata?.[METADATA_ENCODING_KEY];
    if (encodingBytes === undefined || encodingBytes === null) throw new ValueError('Missing payload metadata');
    const encoding = encodingName(encodingBytes);
    if (encoding === encodingTypes.METADATA_ENCODING_PROTOBUF_JSON && isStorageReference(payload))
      throw new ExternalStorageNotConfiguredError();
    const converter = this.#byEncoding.get(encoding);
    if (converter === undefined) throw new ValueError(`Unknown encoding: ${encoding}`);
    if (hint !== undefined && !knowsHint(converter, hint)) {
      throw new PayloadConverterError(
        `Payload encoding '${encoding}' does not support converter hint '${hint.converter}'`,
      );
    }
    return converter.fromPayload<T>(payload, context, hint);
  }
}

function knowsHint<T>(converter: PayloadConverterWithEncoding, hint: ConverterHint<T>): boolean {
  return converter.validateConverterHint?.(hint) === true;
}

/** By its brand: the class needs the converters that need this one. */
function isRawValue(value: unknown): value is { readonly payload: Payload } {
  return isRecord(value) && value[rawValueBrand] === true;
}

/** On every RawValue, of any copy of this package. */
export const rawValueBrand: symbol = Symbol.for('__temporal_isRawValue');

function encodingName(bytes: Uint8Array): string {
  let name = '';
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}

/** The error for a value that no payload can hold; its cause is what JSON says of it. */
export function unconvertible(value: unknown): ValueError {
  const message = `Unable to convert ${describeValue(value)} to payload`;
  try {
    JSON.stringify(value);
    return new ValueError(message);
  } catch (error) {
    return new ValueError(message, error);
  }
}

function describeValue(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
