import { CompositePayloadConverter, JsonPayloadConverter } from '@reprise/common';
import { ProtobufBinaryPayloadConverter, ProtobufJsonPayloadConverter } from '@reprise/common/lib/protobufs';
import * as proto from '@reprise/proto';

/** Messages by default as bytes, those of failures as JSON: both are read. */
class Converter extends CompositePayloadConverter {
  constructor() {
    super(
      new ProtobufBinaryPayloadConverter(proto),
      new ProtobufJsonPayloadConverter(proto),
      new JsonPayloadConverter(),
    );
  }
}

export const payloadConverter = new Converter();
