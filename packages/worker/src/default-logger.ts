/** The logger that is used when none is given: one line an entry, to stderr. */
import type { Logger, LogLevel, LogMetadata } from '@reprise/common';
import { LogTimestamp } from './sinks.ts';

export interface LogEntry {
  level: LogLevel;
  message: string;
  /** When the line was written, in ns since epoch. */
  timestampNanos: bigint;
  meta?: LogMetadata;
  /** What wrote the line, such as an activity's task queue. */
  label?: string;
}

const severity: Record<LogLevel, number> = { TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4 };

/**
 * Writes lines of `level` and above.
 *
 * @example
 * ```ts
 * Runtime.install({ logger: new DefaultLogger('WARN', ({ level, message }) => console.log(level, message)) });
 * ```
 */
export class DefaultLogger implements Logger {
  readonly level: LogLevel;
  readonly #write: (entry: LogEntry) => void;

  /** `level` defaults to 'INFO', `write` to stderr. */
  constructor(level: LogLevel = 'INFO', write: (entry: LogEntry) => void = writeToStderr) {
    this.level = level;
    this.#write = write;
  }

  log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (severity[level] < severity[this.level]) return;
    const { [LogTimestamp]: timestamp, ...rest } = meta ?? {};
    const timestampNanos = typeof timestamp === 'bigint' ? timestamp : BigInt(Date.now()) * 1_000_000n;
    this.#write({ level, message, timestampNanos, ...(meta === undefined ? {} : { meta: rest }) });
  }
  trace(message: string, meta?: LogMetadata): void {
    this.log('TRACE', message, meta);
  }
  debug(message: string, meta?: LogMetadata): void {
    this.log('DEBUG', message, meta);
  }
  info(message: string, meta?: LogMetadata): void {
    this.log('INFO', message, meta);
  }
  warn(message: string, meta?: LogMetadata): void {
    this.log('WARN', message, meta);
  }
  error(message: string, meta?: LogMetadata): void {
    this.log('ERROR', message, meta);
  }
}

function writeToStderr({ level, message, timestampNanos, meta }: LogEntry): void {
  const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const details = meta === undefined || Object.keys(meta).length === 0 ? '' : ` ${JSON.stringify(meta, readable)}`;
  process.stderr.write(`${time} [${level}] ${message}${details}\n`);
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return value.stack ?? value.message;
  return value;
}
