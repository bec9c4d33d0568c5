/** What is inside frames of a client, checked. */
import { type Frame, Http2Error, Http2ErrorCode, uint32At } from '@reprise/proto/http2';

export const protocolError = (what: string): Http2Error => new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, what);

export function requireLength({ start, end }: Frame, bytes: number, what: string): void {
  if (end - start === bytes) return;
  throw new Http2Error(Http2ErrorCode.FRAME_SIZE_ERROR, `expected ${what} of ${bytes} bytes, found ${end - start}`);
}

export function windowIncrement(frame: Frame): number {
  requireLength(frame, 4, 'WINDOW_UPDATE');
  return uint32At(frame.bytes, frame.start) & 0x7fffffff;
}
