/** Protobuf times and lengths of time as numbers of milliseconds, and back. */
import type { google } from '@reprise/proto';

type Span = google.protobuf.Duration | google.protobuf.Timestamp;

export function spanMs(span: Span | null | undefined): number | undefined {
  if (span === null || span === undefined) return undefined;
  return (span.seconds ?? 0) * 1000 + Math.floor((span.nanos ?? 0) / 1e6);
}

/** Like `spanMs`, where zero means "not set". */
export function positiveSpanMs(span: Span | null | undefined): number | undefined {
  const ms = spanMs(span);
  return ms === undefined || ms <= 0 ? undefined : ms;
}

export function spanOfMs(ms: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) };
}

export function optionalSpanOfMs(ms: number | undefined): { seconds: number; nanos: number } | undefined {
  return ms === undefined ? undefined : spanOfMs(ms);
}
