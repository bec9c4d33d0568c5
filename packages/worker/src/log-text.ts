/**
 * A log entry as a person reads it: the line, its attributes as Node shows objects, and errors below it with their stacks.
 * Left out is what only machines need, the token of a task; loggers of users get it.
 */
import { inspect } from 'node:util';
import type { LogEntry } from './log-entry.ts';

const LINE_WIDTH = 160;
const FOR_MACHINES: ReadonlySet<string> = new Set(['taskToken']);

export function logText({ level, message, timestampNanos, meta = {} }: LogEntry): string {
  const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const known = Object.entries(meta).filter(([key, value]) => value !== undefined && !FOR_MACHINES.has(key));
  const errors = known.flatMap(([, value]) => (value instanceof Error ? [value] : []));
  const attributes = Object.fromEntries(known.filter(([, value]) => !(value instanceof Error)));
  const shown =
    Object.keys(attributes).length === 0 ? '' : ` ${inspect(attributes, { breakLength: LINE_WIDTH, compact: true })}`;
  return [`${time} [${level}] ${message}${shown}`, ...errors.map((error) => indented(errorText(error)))].join('\n');
}

/** The stack, and those of the causes. */
function errorText(error: Error): string {
  const { stack, cause } = error;
  const own = stack?.includes(error.message) === true ? stack : `${error.name}: ${error.message}\n${stack ?? ''}`;
  if (cause === undefined) return own.trimEnd();
  return `${own.trimEnd()}\ncaused by: ${cause instanceof Error ? errorText(cause) : inspect(cause)}`;
}

function indented(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}
