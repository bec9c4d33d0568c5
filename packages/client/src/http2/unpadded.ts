import { ErrorCode, Flag } from './frame.ts';
import type { Frame } from './frame.ts';
import { Http2Error } from './http2-error.ts';

/** Where the payload of a frame of data or headers lies, its padding left out. */
export function unpadded({ bytes, flags, start, end }: Frame): { start: number; end: number } {
  if ((flags & Flag.padded) === 0) return { start, end };
  const padding = bytes[start] ?? 0;
  if (start + 1 + padding > end) throw new Http2Error(ErrorCode.protocolError, 'a frame with too much padding');
  return { start: start + 1, end: end - padding };
}
