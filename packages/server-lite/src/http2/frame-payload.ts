/** What is inside frames, checked. */
import { FrameFlag, Http2Error, Http2ErrorCode, largestWindowBytes, Setting } from '@reprise/proto/http2';

export const protocolError = (what: string): Http2Error => new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, what);

const sizeError = (what: string): Http2Error => new Http2Error(Http2ErrorCode.FRAME_SIZE_ERROR, what);

export function requireLength(payload: Buffer, bytes: number, frame: string): void {
  if (payload.length !== bytes) throw sizeError(`expected ${frame} of ${bytes} bytes, found ${payload.length}`);
}

export function unpadded(flags: number, payload: Buffer): Buffer {
  if ((flags & FrameFlag.PADDED) === 0) return payload;
  const padding = payload[0];
  if (padding === undefined || padding >= payload.length) throw protocolError('expected less padding than payload');
  return payload.subarray(1, payload.length - padding);
}

/** The part of a HEADERS frame that is header block. */
export function headerFragment(flags: number, payload: Buffer): Buffer {
  const fragment = unpadded(flags, payload);
  if ((flags & FrameFlag.PRIORITY) === 0) return fragment;
  if (fragment.length < 5) throw sizeError('expected a priority of 5 bytes');
  return fragment.subarray(5);
}

export function windowIncrement(payload: Buffer): number {
  requireLength(payload, 4, 'WINDOW_UPDATE');
  return payload.readUInt32BE(0) & 0x7fffffff;
}

const smallestFrames = 16_384;
const largestFrames = 16_777_215;

export function settingsOf(payload: Buffer): [setting: number, value: number][] {
  if (payload.length % 6 !== 0) throw sizeError('expected SETTINGS of 6 bytes each');
  const settings: [number, number][] = [];
  for (let at = 0; at < payload.length; at += 6) {
    const setting = payload.readUInt16BE(at);
    const value = payload.readUInt32BE(at + 2);
    checkSetting(setting, value);
    settings.push([setting, value]);
  }
  return settings;
}

function checkSetting(setting: number, value: number): void {
  if (setting === Setting.ENABLE_PUSH && value > 1) throw protocolError('expected ENABLE_PUSH to be 0 or 1');
  if (setting === Setting.INITIAL_WINDOW_SIZE && value > largestWindowBytes) {
    throw new Http2Error(Http2ErrorCode.FLOW_CONTROL_ERROR, 'expected an INITIAL_WINDOW_SIZE of less than 2^31');
  }
  if (setting === Setting.MAX_FRAME_SIZE && (value < smallestFrames || value > largestFrames)) {
    throw protocolError(`expected a MAX_FRAME_SIZE from ${smallestFrames} to ${largestFrames}`);
  }
}
