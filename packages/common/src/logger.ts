/** From the least to the most severe. */
export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
/** What a log line carries beside its message. */
export type LogMetadata = Record<string | symbol, unknown>;
/** Metadata, or a function that makes it when a line is written. */
export type LogMetaOrFunc = LogMetadata | (() => LogMetadata);

/** Where log lines go. */
export interface Logger {
  log(level: LogLevel, message: string, meta?: LogMetadata): void;
  trace(message: string, meta?: LogMetadata): void;
  debug(message: string, meta?: LogMetadata): void;
  info(message: string, meta?: LogMetadata): void;
  warn(message: string, meta?: LogMetadata): void;
  error(message: string, meta?: LogMetadata): void;
}

/** Which part of the SDK wrote a log line. */
export const SdkComponent = {
  /** The worker itself. */
  worker: 'worker',
  /** Workflow code. */
  workflow: 'workflow',
  /** Activity code. */
  activity: 'activity',
  /** Nexus handlers. */
  nexus: 'nexus',
  /** The state machines. */
  core: 'core',
} as const;
export type SdkComponent = (typeof SdkComponent)[keyof typeof SdkComponent];

function resolveAll(parts: readonly LogMetaOrFunc[]): LogMetadata {
  return Object.assign({}, ...parts.map((part) => (typeof part === 'function' ? part() : part))) as LogMetadata;
}

/** A logger that adds metadata to every line. */
export class LoggerWithComposedMetadata implements Logger {
  readonly #parent: Logger;
  readonly #parts: readonly LogMetaOrFunc[];

  constructor(parent: Logger, parts: readonly LogMetaOrFunc[]) {
    this.#parent = parent;
    this.#parts = parts;
  }

  /** A logger that adds `parts` to what `logger` writes. */
  static compose(logger: Logger, ...parts: LogMetaOrFunc[]): Logger {
    if (parts.length === 0) return logger;
    if (logger instanceof LoggerWithComposedMetadata) {
      return new LoggerWithComposedMetadata(logger.#parent, [...logger.#parts, ...parts]);
    }
    return new LoggerWithComposedMetadata(logger, parts);
  }

  log(level: LogLevel, message: string, meta?: LogMetadata): void {
    const all = resolveAll(meta === undefined ? this.#parts : [...this.#parts, meta]);
    this.#parent.log(level, message, Reflect.ownKeys(all).length > 0 ? all : undefined);
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
