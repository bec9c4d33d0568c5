/** Frames of HTTP/2 (RFC 9113, sections 4 and 6): nine bytes that say how long, of what type and of which stream. */
import { Buffer } from 'node:buffer';

export const FrameType = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

export const FrameFlag = { END_STREAM: 1, ACK: 1, END_HEADERS: 4, PADDED: 8, PRIORITY: 32 } as const;

export const Setting = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
} as const;

/** What a client sends before its first frame. */
export const clientPreface: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
export const frameHeadBytes = 9;
/** The most that a frame carries, as long as its receiver has not agreed to more. */
export const defaultFrameBytes = 16_384;
export const defaultWindowBytes = 65_535;
/** No window may grow past it. */
export const largestWindowBytes = 2 ** 31 - 1;

/** What a frame begins with, its length aside. */
export interface FrameHead {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
}

/** A frame within the bytes that it came in: to be read at once, since the next frame takes its place. */
export interface Frame {
  type: number;
  flags: number;
  streamId: number;
  bytes: Buffer;
  /** Of the payload in `bytes`. */
  start: number;
  end: number;
}

/** Writes the head of a frame with so many bytes of payload, and returns where these start. */
export function writeFrameHead(
  target: Buffer,
  at: number,
  { type, flags, streamId }: FrameHead,
  length: number,
): number {
  target[at] = length >>> 16;
  target[at + 1] = length >>> 8;
  target[at + 2] = length;
  target[at + 3] = type;
  target[at + 4] = flags;
  target[at + 5] = streamId >>> 24;
  target[at + 6] = streamId >>> 16;
  target[at + 7] = streamId >>> 8;
  target[at + 8] = streamId;
  return at + frameHeadBytes;
}

/** The number that four bytes make; those past the end count as 0. */
export function uint32At(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}
