/** Times and durations between the wire and milliseconds. */
import type { google } from '@reprise/proto';

export function toTimestamp(ms: number): google.protobuf.Timestamp {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1_000_000) };
}

export function fromTimestamp(time: google.protobuf.Timestamp): number {
  return (time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1_000_000;
}

export function toDuration(ms: number): google.protobuf.Duration {
  const seconds = Math.trunc(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1_000_000) };
}

export function fromDuration(duration: google.protobuf.Duration | null | undefined): number {
  return duration ? (duration.seconds ?? 0) * 1000 + (duration.nanos ?? 0) / 1_000_000 : 0;
}
