/** The logger that is used when none is given: text for people, to stderr. */
import type { Logger, LogLevel, LogMetadata } from '@reprise/common';
import type { LogEntry } from './log-entry.ts';
import { logText } from './log-text.ts';
import { LogTimestamp } from '../sinks.ts';

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

function writeToStderr(entry: LogEntry): void {
  process.stderr.write(`${logText(entry)}\n`);
}
