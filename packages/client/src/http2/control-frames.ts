/** The frames that are not bodies. */
import { Flag, FrameType, putUint32 } from './frame.ts';
import type { FrameWriter } from './frame-writer.ts';

/** A block of headers, over as many frames as it takes. */
export function putHeaders(writer: FrameWriter, streamId: number, block: Uint8Array, maxFrameBytes: number): void {
  if (block.length <= maxFrameBytes) {
    writer.frame({ type: FrameType.headers, flags: Flag.endHeaders, streamId }, block);
    return;
  }
  for (let start = 0; start < block.length; start += maxFrameBytes) {
    const end = Math.min(start + maxFrameBytes, block.length);
    const type = start === 0 ? FrameType.headers : FrameType.continuation;
    writer.frame({ type, flags: end === block.length ? Flag.endHeaders : 0, streamId }, block, { start, end });
  }
}

export function putSettings(
  writer: FrameWriter,
  settings: readonly (readonly [setting: number, value: number])[],
): void {
  const payload = new Uint8Array(settings.length * 6);
  for (const [at, [setting, value]] of settings.entries()) {
    payload[at * 6 + 1] = setting;
    putUint32(payload, at * 6 + 2, value);
  }
  writer.frame({ type: FrameType.settings, flags: 0, streamId: 0 }, payload);
}

/** Ends a stream. */
export function putReset(writer: FrameWriter, streamId: number, errorCode: number): void {
  writer.number({ type: FrameType.rstStream, flags: 0, streamId }, errorCode);
}

/** Lets the peer send so much more on a stream, or with stream 0 on the connection. */
export function putWindowUpdate(writer: FrameWriter, streamId: number, bytes: number): void {
  writer.number({ type: FrameType.windowUpdate, flags: 0, streamId }, bytes);
}

/** Says that the connection is over, and sees to it that it is heard. */
export function putGoAway(writer: FrameWriter, errorCode: number): void {
  const payload = new Uint8Array(8);
  putUint32(payload, 4, errorCode);
  writer.frame({ type: FrameType.goAway, flags: 0, streamId: 0 }, payload);
  writer.flush();
}
