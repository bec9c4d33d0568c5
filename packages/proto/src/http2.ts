/** HTTP/2 as both sides of gRPC need it: frames and header blocks. */
export {
  clientPreface,
  defaultFrameBytes,
  defaultWindowBytes,
  FrameFlag,
  type FrameHead,
  frameHeadBytes,
  FrameType,
  goAwayFrame,
  largestWindowBytes,
  pingFrame,
  resetFrame,
  Setting,
  settingsAck,
  settingsFrame,
  windowUpdateFrame,
  writeFrameHead,
} from './http2/frame.ts';
export { FrameReader, type TakeFrame } from './http2/frame-reader.ts';
export type { HeaderField } from './http2/header-table.ts';
export { type DecodedHeaders, HpackDecoder } from './http2/hpack-decoder.ts';
export { encodeHeaderBlock } from './http2/hpack-encoder.ts';
export { Http2Error, Http2ErrorCode } from './http2/http2-error.ts';
