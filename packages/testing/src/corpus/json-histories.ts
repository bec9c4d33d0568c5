/** Where histories are in the JSON that people have: alone, in a list, under `histories`, each bare or with its workflow id. */
import { fromJson, JsonMessageError } from '@reprise/proto/json';

import { CorpusError } from './corpus-problem.ts';
import type { HistoryEvent } from './recorded-history.ts';

export interface ParsedHistory {
  readonly events: HistoryEvent[];
  /** What is said of it beside its events. */
  readonly workflowId?: string;
}

/** A history among those of a file. */
export interface FoundHistory {
  /** Where in the file: `[2]` in a list, `:3` for a line; empty for one that has the file to itself. */
  readonly at: string;
  /** @throws CorpusError R3002 when it is none */
  read(): ParsedHistory;
}

/** The histories of a value: several when it is a list with at least one history in it. */
export function findInValue(value: unknown, file: string | undefined): readonly FoundHistory[] {
  const list = listOf(value);
  if (list?.some((item) => eventsIn(item) !== undefined) !== true)
    return [{ at: '', read: () => readValue(value, file) }];
  return list.map((item, index) => ({ at: `[${index}]`, read: () => readValue(item, file && `${file}[${index}]`) }));
}

/** The one history of a value. */
export function readValue(value: unknown, file: string | undefined): ParsedHistory {
  const events = eventsIn(value);
  if (events === undefined)
    throw new CorpusError('R3002', `expected a history with 'events', found ${outline(value)}`, { file });
  const workflowId = isObject(value) ? value['workflowId'] : undefined;
  return { events: readEvents(events, file), ...(typeof workflowId === 'string' ? { workflowId } : {}) };
}

function readEvents(events: readonly unknown[], file: string | undefined): HistoryEvent[] {
  try {
    const read = fromJson('temporal.api.history.v1.History', { events }, { unknownFields: 'ignore' }).events ?? [];
    // The newest first, as lists of events are often shown.
    return (read[0]?.eventId ?? 0) > 1 && read.at(-1)?.eventId === 1 ? read.reverse() : read;
  } catch (error) {
    if (!(error instanceof JsonMessageError)) throw error;
    throw new CorpusError('R3002', error.message + decodedHint(error), { file, cause: error });
  }
}

function decodedHint({ path, message }: JsonMessageError): string {
  const isPayload =
    (/\.(data|metadata\.\w+)$/.test(path) && message.includes('expected base64')) ||
    message.includes('expected an object (temporal.api.common.v1.Payload');
  return isPayload ? ' (payloads must be as the server has them: export again without decoding them)' : '';
}

/** The items that may be histories each; undefined for what is one history. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (isObject(value) && Array.isArray(value['histories'])) return value['histories'];
  return Array.isArray(value) && !value.every(isEvent) ? value : undefined;
}

/** What holds events: a history, a response or pair around it, a bare list. */
export function eventsIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value.every(isEvent) ? value : undefined;
  if (!isObject(value)) return undefined;
  if (Array.isArray(value['events'])) return value['events'];
  return isObject(value['history']) ? eventsIn(value['history']) : undefined;
}

export function isEvent(value: unknown): boolean {
  return isObject(value) && ('eventId' in value || 'event_id' in value);
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
