import { inspect } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/** Logs with fields, which carry ids, never payloads. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const levels = ['debug', 'info', 'warn', 'error', 'none'] as const;
export type LogLevel = (typeof levels)[number];

/** `json`: one object a line, for machines. `text`: for people. */
export type LogFormat = 'json' | 'text';

interface Entry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Fields;
}

const plain = (value: unknown): unknown =>
  value instanceof Error ? (value.stack ?? value.message) : typeof value === 'bigint' ? String(value) : value;

function jsonLine({ level, message, fields }: Entry): string {
  const shown = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)]));
  return JSON.stringify({ time: new Date().toISOString(), level, message, ...shown });
}

/** Errors follow on lines of their own, with their stacks. */
function textLine({ level, message, fields }: Entry): string {
  const isError = ([, value]: [string, unknown]): boolean => value instanceof Error;
  const entries = Object.entries(fields);
  const rest = entries.filter((entry) => !isError(entry));
  const shown = rest.length === 0 ? '' : ` ${inspect(Object.fromEntries(rest), { breakLength: Infinity })}`;
  const errors = entries.filter(isError).map(([, error]) => `\n  ${inspect(error).replaceAll('\n', '\n  ')}`);
  return `${new Date().toISOString()} [${level.toUpperCase()}] ${message}${shown}${errors.join('')}`;
}

const formats: Readonly<Record<LogFormat, (entry: Entry) => string>> = { json: jsonLine, text: textLine };

/** Lines go to stderr unless `write` says otherwise; they carry real time, whatever the server's clock shows. */
export function createLogger(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
  format: LogFormat = 'json',
): Logger {
  const threshold = levels.indexOf(level);
  const at = (name: LogLevel) => {
    if (levels.indexOf(name) < threshold) return () => {};
    return (message: string, fields: Fields = {}): void => {
      write(`${formats[format]({ level: name, message, fields })}\n`);
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
