import { createRequire } from 'node:module';

import type { decodeMessage } from '@reprise/proto';

import { CorpusError } from './corpus-problem.ts';
import { eventsIn, findInValue, type FoundHistory, isEvent, type ParsedHistory, readValue } from './json-histories.ts';
import type { HistoryEvent } from './recorded-history.ts';

const require = createRequire(import.meta.url);

/** JSON is read without the codec, which takes longer to load than a history to replay. */
function loadDecoder(): typeof decodeMessage {
  return (require('@reprise/proto') as { decodeMessage: typeof decodeMessage }).decodeMessage;
}

const HISTORY = 'temporal.api.history.v1.History';

/**
 * One history in whatever a user has: the JSON that the UI and the CLI export, `JSON.stringify` of a fetched history, the
 * response of GetWorkflowExecutionHistory, a bare list of events, one event a line, or protobuf.
 *
 * @throws CorpusError R3002 for anything else, and for several histories
 */
export function parseHistory(input: string | Uint8Array | object, file?: string): ParsedHistory {
  const [only, ...others] = findHistories(input, file);
  if (only !== undefined && others.length === 0) return only.read();
  throw new CorpusError('R3002', `expected one history, found ${others.length + 1}`, { file });
}

/**
 * The histories in any of these forms, or in a list, under `histories`, or one a line.
 *
 * @throws CorpusError R3002 when nothing can be told from another; each of several says for itself what is wrong with it
 */
export function findHistories(input: string | Uint8Array | object, file?: string): readonly FoundHistory[] {
  if (typeof input === 'string') return findInText(input, file);
  return input instanceof Uint8Array ? findInBytes(input, file) : findInValue(input, file);
}

function findInBytes(bytes: Uint8Array, file: string | undefined): readonly FoundHistory[] {
  if (bytes.length === 0) throw new CorpusError('R3002', 'the file is empty', { file });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // What a redirection in PowerShell writes.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return findInText(buffer.toString('utf16le'), file);
  if (looksLikeText(bytes) || isPrintable(buffer)) return findInText(buffer.toString(), file);
  return [{ at: '', read: () => ({ events: decodeEvents(bytes, file) }) }];
}

function decodeEvents(bytes: Uint8Array, file: string | undefined): HistoryEvent[] {
  try {
    return loadDecoder()(HISTORY, bytes).events ?? [];
  } catch (error) {
    const problem = 'neither JSON nor a protobuf History';
    throw new CorpusError('R3002', `${problem} (${messageOf(error)})`, { file, cause: error });
  }
}

/** JSON begins with a bracket, after a byte order mark and white space; a protobuf History begins with a line feed. */
function looksLikeText(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) at++;
  if (bytes[at] !== 0x7b && bytes[at] !== 0x5b) return false;
  // A protobuf History of one event of 123 or 91 bytes would look the same so far: its next byte is a field tag.
  return at !== 1 || bytes[0] !== 0x0a || bytes[2] !== 0x08;
}

const LONGEST_LOOK = 4096;

/** Text, whatever it is: no protobuf message is without a byte that texts do not have. */
function isPrintable(bytes: Buffer): boolean {
  return bytes
    .subarray(0, LONGEST_LOOK)
    .every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

const LFS_POINTER = 'version https://git-lfs.github.com/';

function findInText(text: string, file: string | undefined): readonly FoundHistory[] {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (json.startsWith(LFS_POINTER))
    throw new CorpusError('R3002', 'a Git LFS pointer, not the file: run `git lfs pull`', { file });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const found = findInLines(json, file);
    if (found === undefined) throw notJson(error, file);
    return found;
  }
  return findInValue(value, file);
}

/** One event a line, as `--output jsonl` prints, or one history a line. Undefined when the first line is neither. */
function findInLines(text: string, file: string | undefined): readonly FoundHistory[] | undefined {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, at: `:${index + 1}` }]));
  const first = lines[0] === undefined || lines.length < 2 ? undefined : valueOf(lines[0].line);
  if (isEvent(first)) {
    const events = lines.map(({ line }) => valueOf(line));
    return events.every(isEvent) ? [{ at: '', read: () => readValue(events, file) }] : undefined;
  }
  if (eventsIn(first) === undefined) return undefined;
  return lines.map(({ line, at }) => ({ at, read: () => readLine(line, file && file + at) }));
}

function readLine(line: string, file: string | undefined): ParsedHistory {
  try {
    return readValue(JSON.parse(line), file);
  } catch (error) {
    throw error instanceof SyntaxError ? notJson(error, file) : error;
  }
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function notJson(error: unknown, file: string | undefined): CorpusError {
  return new CorpusError('R3002', `not valid JSON: ${messageOf(error)}`, { file, cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
