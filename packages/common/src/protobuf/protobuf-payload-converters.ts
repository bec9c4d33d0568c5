import { isRecord } from '../brand.ts';
import {
  BinaryPayloadConverter,
  encodingKeys,
  JsonPayloadConverter,
  UndefinedPayloadConverter,
} from '../converter/default-payload-converter.ts';
import { CompositePayloadConverter, type PayloadConverterWithEncoding } from '../converter/payload-converter.ts';
import { encodingTypes, METADATA_ENCODING_KEY, METADATA_MESSAGE_TYPE_KEY } from '../converter/payload-encodings.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import { str, u8 } from '../text-bytes.ts';
import { messageToJson, objectFromJson } from './message-json.ts';
import { lookUp, rootOf, typeName, typeOfMessage, type ProtobufRoot } from './reflection.ts';

function requireData(payload: Payload): { name: string; data: Uint8Array } {
  const name = payload.metadata?.[METADATA_MESSAGE_TYPE_KEY];
  if (!name) throw new ValueError('Got protobuf payload without metadata.messageType');
  if (!payload.data) throw new ValueError('Got payload with no data');
  return { name: str(name), data: payload.data };
}

/** protobufjs messages as their bytes. */
export class ProtobufBinaryPayloadConverter implements PayloadConverterWithEncoding {
  readonly encodingType = encodingTypes.METADATA_ENCODING_PROTOBUF;
  readonly #root: ProtobufRoot | undefined;

  /**
   * @param root a protobufjs root that holds the types of all messages that are decoded
   * @throws TypeError when it is none
   */
  constructor(root?: unknown) {
    this.#root = rootOf(root);
  }

  toPayload(value: unknown): Payload | undefined {
    const type = typeOfMessage(value);
    if (type === undefined || !isRecord(value)) return undefined;
    return {
      metadata: {
        [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_PROTOBUF,
        [METADATA_MESSAGE_TYPE_KEY]: u8(typeName(type)),
      },
      // A copy, of the same kind: protobufjs hands out parts of a pooled buffer.
      data: Uint8Array.prototype.slice.call(type.encode(value).finish()),
    };
  }

  fromPayload<T>(payload: Payload): T {
    const { name, data } = requireData(payload);
    // Of a Buffer, protobufjs makes fields that are Buffers: workflows and JSON see these as something else.
    return lookUp(this.#root, name).decode(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) as T;
  }
}

/** protobufjs messages as proto3 JSON. */
export class ProtobufJsonPayloadConverter implements PayloadConverterWithEncoding {
  readonly encodingType = encodingTypes.METADATA_ENCODING_PROTOBUF_JSON;
  readonly #root: ProtobufRoot | undefined;

  /**
   * @param root a protobufjs root that holds the types of all messages that are decoded
   * @throws TypeError when it is none
   */
  constructor(root?: unknown) {
    this.#root = rootOf(root);
  }

  toPayload(value: unknown): Payload | undefined {
    const type = typeOfMessage(value);
    if (type === undefined || !isRecord(value)) return undefined;
    return {
      metadata: {
        [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_PROTOBUF_JSON,
        [METADATA_MESSAGE_TYPE_KEY]: u8(typeName(type)),
      },
      data: u8(JSON.stringify(messageToJson(type, value))),
    };
  }

  fromPayload<T>(payload: Payload): T {
    const { name, data } = requireData(payload);
    const type = lookUp(this.#root, name);
    return type.fromObject(objectFromJson(type, JSON.parse(str(data)))) as T;
  }
}

export interface DefaultPayloadConverterWithProtobufsOptions {
  /** A protobufjs root that holds the types of all messages. */
  protobufRoot: object;
}

/**
 * The default converter, and protobufjs messages: written as JSON, read in both forms.
 *
 * @example export const payloadConverter = new DefaultPayloadConverterWithProtobufs({ protobufRoot: root });
 */
export class DefaultPayloadConverterWithProtobufs extends CompositePayloadConverter {
  constructor({ protobufRoot }: DefaultPayloadConverterWithProtobufsOptions) {
    super(
      new UndefinedPayloadConverter(),
      new BinaryPayloadConverter(),
      new ProtobufJsonPayloadConverter(protobufRoot),
      new ProtobufBinaryPayloadConverter(protobufRoot),
      new JsonPayloadConverter(),
    );
  }
}
