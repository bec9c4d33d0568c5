import type { LogLevel, LogMetadata } from '@reprise/common';

/** What a logger is told at once. */
export interface LogEntry {
  level: LogLevel;
  message: string;
  /** When the line was written, in ns since epoch. */
  timestampNanos: bigint;
  meta?: LogMetadata;
  /** What wrote the line, such as an activity's task queue. */
  label?: string;
}
