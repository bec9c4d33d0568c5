import { DEFAULT_MAX_FRAME_BYTES, ErrorCode, MAX_WINDOW_BYTES, Setting, uint32At } from './frame.ts';
import type { Frame } from './frame.ts';
import { Http2Error } from './http2-error.ts';

/** What a peer says of itself; absent: as before. */
export interface PeerSettings {
  headerTableSize?: number;
  maxConcurrentStreams?: number;
  initialWindowSize?: number;
  maxFrameSize?: number;
}

const MAX_FRAME_SIZE = 0xff_ffff;

/** @throws Http2Error at values that no peer may send. */
export function decodeSettings({ bytes, start, end }: Frame): PeerSettings {
  if ((end - start) % 6 !== 0) throw new Http2Error(ErrorCode.frameSizeError, 'malformed settings were received');
  const settings: PeerSettings = {};
  for (let at = start; at < end; at += 6) {
    const id = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const value = uint32At(bytes, at + 2);
    if (id === Setting.headerTableSize) settings.headerTableSize = value;
    else if (id === Setting.maxConcurrentStreams) settings.maxConcurrentStreams = value;
    else if (id === Setting.initialWindowSize) settings.initialWindowSize = checkedWindow(value);
    else if (id === Setting.maxFrameSize) settings.maxFrameSize = checkedFrameSize(value);
  }
  return settings;
}

function checkedWindow(value: number): number {
  if (value > MAX_WINDOW_BYTES) throw new Http2Error(ErrorCode.flowControlError, `windows of ${String(value)} bytes`);
  return value;
}

function checkedFrameSize(value: number): number {
  if (value < DEFAULT_MAX_FRAME_BYTES || value > MAX_FRAME_SIZE) {
    throw new Http2Error(ErrorCode.protocolError, `frames of ${String(value)} bytes`);
  }
  return value;
}
