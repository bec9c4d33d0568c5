/** Frames as bytes of their own. */
import { Buffer } from 'node:buffer';
import { FrameFlag, type FrameHead, frameHeadBytes, FrameType, writeFrameHead } from './frame.ts';

export function wholeFrame(head: FrameHead, payload: Uint8Array = new Uint8Array()): Buffer {
  const bytes = Buffer.allocUnsafe(frameHeadBytes + payload.length);
  bytes.set(payload, writeFrameHead(bytes, 0, head, payload.length));
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
  return wholeFrame({ type: FrameType.SETTINGS, flags: 0, streamId: 0 }, payload);
}

export const settingsAck: Buffer = wholeFrame({ type: FrameType.SETTINGS, flags: FrameFlag.ACK, streamId: 0 });

export const pingFrame = (payload: Uint8Array, flags: number): Buffer =>
  wholeFrame({ type: FrameType.PING, flags, streamId: 0 }, payload);

export const windowUpdateFrame = (streamId: number, bytes: number): Buffer =>
  wholeFrame({ type: FrameType.WINDOW_UPDATE, flags: 0, streamId }, numbers(bytes));

export const resetFrame = (streamId: number, errorCode: number): Buffer =>
  wholeFrame({ type: FrameType.RST_STREAM, flags: 0, streamId }, numbers(errorCode));

/** @param why goes to the other side's log */
export const goAwayFrame = (lastStreamId: number, errorCode: number, why = ''): Buffer =>
  wholeFrame(
    { type: FrameType.GOAWAY, flags: 0, streamId: 0 },
    Buffer.concat([numbers(lastStreamId, errorCode), Buffer.from(why)]),
  );
