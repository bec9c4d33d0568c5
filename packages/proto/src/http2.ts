/** HTTP/2 as both sides of gRPC need it: frames and header blocks. */
export { encodeHeaderBlock } from './http2/encode-header-block.ts';
export {
  clientPreface,
  defaultFrameBytes,
  defaultWindowBytes,
  type Frame,
  FrameFlag,
  type FrameHead,
  FrameType,
  largestWindowBytes,
  Setting,
  uint32At,
} from './http2/frame.ts';
export { removePadding, settingsOf } from './http2/frame-payload.ts';
export { FrameReader } from './http2/frame-reader.ts';
export { type FrameSink, FrameWriter, type HeadersOptions } from './http2/frame-writer.ts';
export { HeaderAssembly, type HeaderAssemblyOptions, type HeaderBlock } from './http2/header-assembly.ts';
export { HeaderDecoder, type HeaderTaker } from './http2/header-decoder.ts';
export { HeaderEncoder } from './http2/header-encoder.ts';
export type { HeaderField, HeaderList } from './http2/header-field.ts';
export { Http2Error, Http2ErrorCode } from './http2/http2-error.ts';
export {
  goAwayFrame,
  pingFrame,
  resetFrame,
  settingsAck,
  settingsFrame,
  wholeFrame,
  windowUpdateFrame,
} from './http2/whole-frame.ts';
