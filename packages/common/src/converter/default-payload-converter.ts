import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import { CompositePayloadConverter, type PayloadConverterWithEncoding } from './payload-converter.ts';
import { encodingTypes, METADATA_ENCODING_KEY } from './payload-encodings.ts';

/** The bytes of each encoding's name. */
export const encodingKeys: { readonly [Name in keyof typeof encodingTypes]: Uint8Array } = {
  METADATA_ENCODING_NULL: encodeUtf8(encodingTypes.METADATA_ENCODING_NULL),
  METADATA_ENCODING_RAW: encodeUtf8(encodingTypes.METADATA_ENCODING_RAW),
  METADATA_ENCODING_JSON: encodeUtf8(encodingTypes.METADATA_ENCODING_JSON),
  METADATA_ENCODING_PROTOBUF_JSON: encodeUtf8(encodingTypes.METADATA_ENCODING_PROTOBUF_JSON),
  METADATA_ENCODING_PROTOBUF: encodeUtf8(encodingTypes.METADATA_ENCODING_PROTOBUF),
};

/** True for a Uint8Array of any realm. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || (ArrayBuffer.isView(value) && typedArrayName(value) === 'Uint8Array');
}

function typedArrayName(value: ArrayBufferView): unknown {
  return (value as unknown as Record<symbol, unknown>)[Symbol.toStringTag];
}

/** `undefined`, without data. */
export class UndefinedPayloadConverter implements PayloadConverterWithEncoding {
  readonly encodingType = encodingTypes.METADATA_ENCODING_NULL;

  toPayload(value: unknown): Payload | undefined {
    if (value !== undefined) return undefined;
    return { metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_NULL } };
  }

  fromPayload<T>(_payload: Payload): T {
    return undefined as T;
  }
}

/** Uint8Array, as it is. */
export class BinaryPayloadConverter implements PayloadConverterWithEncoding {
  readonly encodingType = encodingTypes.METADATA_ENCODING_RAW;

  toPayload(value: unknown): Payload | undefined {
    if (!isUint8Array(value)) return undefined;
    return { metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_RAW }, data: value };
  }

  fromPayload<T>(payload: Payload): T {
    // Always a plain Uint8Array of this realm, whatever subclass the transport used.
    return new Uint8Array(payload.data ?? []) as T;
  }
}

/** Everything that JSON knows. */
export class JsonPayloadConverter implements PayloadConverterWithEncoding {
  readonly encodingType = encodingTypes.METADATA_ENCODING_JSON;

  toPayload(value: unknown): Payload | undefined {
    if (value === undefined) return undefined;
    let json: string | undefined;
    try {
      json = JSON.stringify(value);
    } catch {
      return undefined;
    }
    return {
      metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_JSON },
      // Functions and symbols have no JSON; such a payload is empty, as in the published SDK.
      data: encodeUtf8(json ?? ''),
    };
  }

  fromPayload<T>(payload: Payload): T {
    if (payload.data === undefined || payload.data === null) throw new ValueError('Got payload with no data');
    const json = decodeUtf8(payload.data);
    if (json === undefined) throw new ValueError('Got json/plain payload whose data is not UTF-8');
    return JSON.parse(json) as T;
  }
}

/** undefined, bytes, JSON. */
export class DefaultPayloadConverter extends CompositePayloadConverter {
  constructor() {
    super(new UndefinedPayloadConverter(), new BinaryPayloadConverter(), new JsonPayloadConverter());
  }
}

/** The converter that is used when none is configured. */
export const defaultPayloadConverter: CompositePayloadConverter = new DefaultPayloadConverter();
