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
/** As long as nobody has agreed to more. */
export const defaultFrameBytes = 16_384;
export const defaultWindowBytes = 65_535;
export const largestWindowBytes = 2 ** 31 - 1;

export interface FrameHead {
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
}

/** Writes the head of a frame, and returns where its payload starts. */
export function writeFrameHead(target: Buffer, at: number, { length, type, flags, streamId }: FrameHead): number {
  target[at] = length >> 16;
  target[at + 1] = length >> 8;
  target[at + 2] = length;
  target[at + 3] = type;
  target[at + 4] = flags;
  target.writeUInt32BE(streamId, at + 5);
  return at + frameHeadBytes;
}

function frame(head: Omit<FrameHead, 'length'>, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(frameHeadBytes + payload.length);
  bytes.set(payload, writeFrameHead(bytes, 0, { ...head, length: payload.length }));
  return bytes;
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

export function settingsFrame(settings: readonly (readonly [setting: number, value: number])[]): Buffer {
  const payload = Buffer.allocUnsafe(settings.length * 6);
  settings.forEach(([setting, value], index) => {
    payload.writeUInt16BE(setting, index * 6);
    payload.writeUInt32BE(value, index * 6 + 2);
  });
  return frame({ type: FrameType.SETTINGS, flags: 0, streamId: 0 }, payload);
}

export const settingsAck: Buffer = frame(
  { type: FrameType.SETTINGS, flags: FrameFlag.ACK, streamId: 0 },
  new Uint8Array(),
);

export const pingFrame = (payload: Uint8Array, flags: number): Buffer =>
  frame({ type: FrameType.PING, flags, streamId: 0 }, payload);

export const windowUpdateFrame = (streamId: number, bytes: number): Buffer =>
  frame({ type: FrameType.WINDOW_UPDATE, flags: 0, streamId }, numbers(bytes));

export const resetFrame = (streamId: number, code: number): Buffer =>
  frame({ type: FrameType.RST_STREAM, flags: 0, streamId }, numbers(code));

/** @param why goes to the other side's log */
export const goAwayFrame = (lastStreamId: number, code: number, why = ''): Buffer =>
  frame(
    { type: FrameType.GOAWAY, flags: 0, streamId: 0 },
    Buffer.concat([numbers(lastStreamId, code), Buffer.from(why)]),
  );
