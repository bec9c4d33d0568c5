/** What is inside frames, checked. */
import { defaultFrameBytes, type Frame, FrameFlag, largestWindowBytes, Setting, uint32At } from './frame.ts';
import { Http2Error, Http2ErrorCode } from './http2-error.ts';

/** Leaves the padding of a frame of data or headers out of it. */
export function removePadding(frame: Frame): void {
  if ((frame.flags & FrameFlag.PADDED) === 0) return;
  const padding = frame.bytes[frame.start] ?? 0;
  frame.start += 1;
  frame.end -= padding;
  if (frame.start > frame.end) throw new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, 'a frame with too much padding');
}

const settingBytes = 6;
const largestFrameBytes = 2 ** 24 - 1;

/** @throws Http2Error at values that nobody may send */
export function settingsOf({ bytes, start, end }: Frame): [setting: number, value: number][] {
  if ((end - start) % settingBytes !== 0) {
    throw new Http2Error(Http2ErrorCode.FRAME_SIZE_ERROR, 'malformed settings were received');
  }
  const settings: [number, number][] = [];
  for (let at = start; at < end; at += settingBytes) {
    const setting = bytes.readUInt16BE(at);
    const value = uint32At(bytes, at + 2);
    checkSetting(setting, value);
    settings.push([setting, value]);
  }
  return settings;
}

function checkSetting(setting: number, value: number): void {
  if (setting === Setting.INITIAL_WINDOW_SIZE && value > largestWindowBytes) {
    throw new Http2Error(Http2ErrorCode.FLOW_CONTROL_ERROR, `windows of ${value} bytes`);
  }
  if (setting === Setting.MAX_FRAME_SIZE && (value < defaultFrameBytes || value > largestFrameBytes)) {
    throw new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, `frames of ${value} bytes`);
  }
}
