export {
  DefaultPayloadConverterWithProtobufs,
  ProtobufBinaryPayloadConverter,
  ProtobufJsonPayloadConverter,
  type DefaultPayloadConverterWithProtobufsOptions,
} from '../protobuf/protobuf-payload-converters.ts';
export type { ProtobufRoot } from '../protobuf/reflection.ts';
export { patchProtobufRoot } from '@reprise/proto/lib/patch-protobuf-root';
