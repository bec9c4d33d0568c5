import { createRequire } from 'node:module';

import type { decodeMessage } from '@reprise/proto';
import { fromJson, JsonMessageError } from '@reprise/proto/json';

import { CorpusError } from './corpus-problem.ts';
import type { HistoryEvent } from './recorded-history.ts';

const require = createRequire(import.meta.url);

/** JSON is read without the codec, which takes longer to load than a history to replay. */
function loadDecoder(): typeof decodeMessage {
  return (require('@reprise/proto') as { decodeMessage: typeof decodeMessage }).decodeMessage;
}

const HISTORY = 'temporal.api.history.v1.History';

/**
 * The events in whatever a user has: the JSON that the UI and the CLI export, `JSON.stringify` of a fetched history, the
 * response of GetWorkflowExecutionHistory, a bare list of events, one event a line, or protobuf.
 */
export function parseHistory(input: string | Uint8Array | object, file?: string): HistoryEvent[] {
  if (typeof input === 'string') return eventsFromText(input, file);
  if (input instanceof Uint8Array) return eventsFromBytes(input, file);
  return eventsFromObject(input, file);
}

function eventsFromBytes(bytes: Uint8Array, file: string | undefined): HistoryEvent[] {
  if (bytes.length === 0) throw new CorpusError('R3002', 'the file is empty', { file });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (looksLikeText(bytes) || isPrintable(buffer)) return eventsFromText(buffer.toString(), file);
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

function eventsFromText(text: string, file: string | undefined): HistoryEvent[] {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (json.startsWith(LFS_POINTER))
    throw new CorpusError('R3002', 'a Git LFS pointer, not the file: run `git lfs pull`', { file });
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    parsed = parseLines(json);
    if (parsed === undefined) {
      throw new CorpusError('R3002', `not valid JSON: ${messageOf(error)}`, { file, cause: error });
    }
  }
  return eventsFromObject(parsed, file);
}

/** One event a line, as `--output jsonl` prints. */
function parseLines(text: string): unknown[] | undefined {
  try {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.length < 2 ? undefined : lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}

function eventsFromObject(value: unknown, file: string | undefined): HistoryEvent[] {
  const events = findEvents(value);
  if (events === undefined) {
    throw new CorpusError('R3002', `expected a history with 'events', found ${outline(value)}`, { file });
  }
  try {
    return fromJson(HISTORY, { events }, { unknownFields: 'ignore' }).events ?? [];
  } catch (error) {
    if (!(error instanceof JsonMessageError)) throw error;
    throw new CorpusError('R3002', error.message + decodedHint(error), { file, cause: error });
  }
}

function decodedHint({ path, message }: JsonMessageError): string {
  const isPayload = /\.(data|metadata\.\w+)$/.test(path) && message.includes('expected base64');
  return isPayload ? ' (payloads must be as the server has them: export again without decoding them)' : '';
}

function findEvents(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value.every((item) => isObject(item) && hasEventId(item)) ? value : undefined;
  if (!isObject(value)) return undefined;
  if (Array.isArray(value['events'])) return value['events'];
  return isObject(value['history']) ? findEvents(value['history']) : undefined;
}

function hasEventId(item: Record<string, unknown>): boolean {
  return 'eventId' in item || 'event_id' in item;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function outline(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length} items`;
  if (!isObject(value)) return value === null ? 'null' : `a ${typeof value}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).join(', ')}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
