/**
 * A log entry as a person reads it: the line, its attributes as Node shows objects, and errors below it with their stacks.
 * Left out is what only machines need, the token of a task; loggers of users get it.
 */
import { inspect } from 'node:util';
import { OWN_FOLDER } from '../own-folder.ts';
import type { LogEntry } from './log-entry.ts';

const OWN_FRAME = /^\s+at .*\((?:reprise:|node:)|^\s+at (?:async )?(?:reprise:|node:)/;
const FOR_MACHINES: ReadonlySet<string> = new Set(['taskToken']);

export function logText({ level, message, timestampNanos, meta = {} }: LogEntry): string {
  const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const known = Object.entries(meta).filter(([key, value]) => value !== undefined && !FOR_MACHINES.has(key));
  const isBlock = ([, value]: [string, unknown]): boolean => value instanceof Error || isStack(value);
  const blocks = known
    .filter(isBlock)
    .map(([, value]) => (value instanceof Error ? errorText(value) : withoutOwnFrames(String(value)).trimEnd()));
  const attributes = Object.fromEntries(known.filter((entry) => !isBlock(entry)));
  const shown = Object.keys(attributes).length === 0 ? '' : ` ${inspect(attributes, { breakLength: Infinity })}`;
  return [`${time} [${level}] ${message}${shown}`, ...blocks.map(indented)].join('\n');
}

function isStack(value: unknown): boolean {
  return typeof value === 'string' && /\n\s+at /.test(value);
}

/** The stack, and those of the causes. */
function errorText(error: Error): string {
  const { stack, cause } = error;
  const own = stack?.includes(error.message) === true ? stack : `${error.name}: ${error.message}\n${stack ?? ''}`;
  const shown = withoutOwnFrames(own).trimEnd();
  if (cause === undefined || (cause instanceof Error && cause.stack === stack)) return shown;
  return `${shown}\ncaused by: ${cause instanceof Error ? errorText(cause) : inspect(cause)}`;
}

/** Where the user's code was is what matters; an error that arose in ours keeps its frames. */
function withoutOwnFrames(stack: string): string {
  const lines = stack.split('\n');
  const isFrame = (line: string): boolean => /^\s+at /.test(line);
  const isOwn = (line: string): boolean => OWN_FRAME.test(line) || (isFrame(line) && line.includes(OWN_FOLDER));
  const kept = lines.filter((line) => !isOwn(line));
  return kept.some(isFrame) ? kept.join('\n') : stack;
}

function indented(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}
