export {
  DefaultPayloadConverterWithProtobufs,
  patchProtobufRoot,
  ProtobufBinaryPayloadConverter,
  ProtobufJsonPayloadConverter,
  type DefaultPayloadConverterWithProtobufsOptions,
} from '../protobuf/protobuf-payload-converters.ts';
export type { ProtobufRoot } from '../protobuf/reflection.ts';
