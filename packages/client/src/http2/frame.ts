/** The numbers of HTTP/2 (RFC 9113) that both directions need. */

export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const Flag = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const;

export const ErrorCode = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  flowControlError: 3,
  frameSizeError: 6,
  refusedStream: 7,
  cancel: 8,
  compressionError: 9,
  enhanceYourCalm: 11,
  inadequateSecurity: 12,
} as const;

export const Setting = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
} as const;

export const FRAME_HEADER_BYTES = 9;
/** Of payload, in either direction, unless the receiver has said otherwise. */
export const DEFAULT_MAX_FRAME_BYTES = 16_384;
export const DEFAULT_WINDOW_BYTES = 65_535;
/** No window may grow past it. */
export const MAX_WINDOW_BYTES = 0x7fff_ffff;

/** A frame within the bytes that it came in; to be read at once, since the next frame takes its place. */
export interface Frame {
  type: number;
  flags: number;
  streamId: number;
  bytes: Uint8Array;
  /** Of the payload in `bytes`. */
  start: number;
  end: number;
}

/** What the header of a frame says, its length aside. */
export type FrameHead = Pick<Frame, 'type' | 'flags' | 'streamId'>;

/** Writes the nine bytes that a frame begins with. */
export function putFrameHead(
  target: Uint8Array,
  offset: number,
  { type, flags, streamId }: FrameHead,
  length: number,
): void {
  target[offset] = length >>> 16;
  target[offset + 1] = length >>> 8;
  target[offset + 2] = length;
  target[offset + 3] = type;
  target[offset + 4] = flags;
  putUint32(target, offset + 5, streamId);
}

export function putUint32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value >>> 24;
  target[offset + 1] = value >>> 16;
  target[offset + 2] = value >>> 8;
  target[offset + 3] = value;
}

export function uint32At(bytes: Uint8Array, offset: number): number {
  return (
    (((bytes[offset] ?? 0) << 24) |
      ((bytes[offset + 1] ?? 0) << 16) |
      ((bytes[offset + 2] ?? 0) << 8) |
      (bytes[offset + 3] ?? 0)) >>>
    0
  );
}
