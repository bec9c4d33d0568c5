type Fields = Readonly<Record<string, unknown>>;

/** Structured logs: one JSON object a line. Fields carry ids, never payloads. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const levels = ['debug', 'info', 'warn', 'error', 'none'] as const;
export type LogLevel = (typeof levels)[number];

const plain = (value: unknown): unknown =>
  value instanceof Error ? (value.stack ?? value.message) : typeof value === 'bigint' ? String(value) : value;

/** Lines go to stderr unless `write` says otherwise; they carry real time, whatever the server's clock shows. */
export function createLogger(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Logger {
  const threshold = levels.indexOf(level);
  const at = (name: LogLevel) => {
    if (levels.indexOf(name) < threshold) return () => {};
    return (message: string, fields: Fields = {}): void => {
      const shown = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)]));
      write(`${JSON.stringify({ time: new Date().toISOString(), level: name, message, ...shown })}\n`);
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
