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
