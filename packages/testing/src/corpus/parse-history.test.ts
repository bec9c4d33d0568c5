import { decodeMessage, encodeMessage } from '@reprise/proto';
import { fromJson } from '@reprise/proto/json';
import { describe, expect, test } from 'vitest';

import { checkHistory } from './check-history.ts';
import { CorpusError } from './corpus-problem.ts';
import { goldenHistory } from './golden.suite.ts';
import { findHistories, parseHistory } from './parse-history.ts';

const HISTORY = 'temporal.api.history.v1.History';
const json = goldenHistory('activity-one') as { events: Record<string, unknown>[] };
const message = fromJson(HISTORY, json);
const bytes = encodeMessage(HISTORY, message);

describe('a history is read from', () => {
  test.each<[string, string | Uint8Array | object]>([
    ['JSON text', JSON.stringify(json)],
    ['JSON text with a byte order mark', `\ufeff${JSON.stringify(json)}`],
    ['a parsed object', json],
    ['a message', message],
    ['a bare list of events', json.events],
    ['the response of GetWorkflowExecutionHistory', { history: json, nextPageToken: '' }],
    ['one event a line', json.events.map((event) => JSON.stringify(event)).join('\n')],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${JSON.stringify(json)}`, 'utf16le')],
    ['events with the newest first', { events: json.events.toReversed() }],
    ['bytes of JSON', new TextEncoder().encode(`\n ${JSON.stringify(json)}`)],
    ['protobuf', bytes],
    ['JSON.stringify of a decoded message', JSON.stringify(decodeMessage(HISTORY, bytes))],
  ])('%s', (_, input) => {
    expect(encodeMessage(HISTORY, parseHistory(input))).toEqual(bytes);
  });

  test('old enum names', () => {
    const old = JSON.stringify(json).replaceAll(/"EVENT_TYPE_([A-Z_]+)"/g, (_, name: string) => {
      const words = name.toLowerCase().split('_');
      return `"${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}"`;
    });
    expect(old).toContain('"WorkflowExecutionStarted"');
    expect(parseHistory(old).events).toEqual(message.events);
  });
});

describe('what is no history is R3002', () => {
  test.each<[string, string | Uint8Array | object, string]>([
    ['no JSON', '{"events": [', 'not valid JSON'],
    [
      'another object',
      '{"name": "x", "version": 1}',
      "expected a history with 'events', found an object with name, version",
    ],
    ['a list of other things', '[1, 2]', 'found a list of 2 items'],
    ['no bytes', new Uint8Array(0), 'the file is empty'],
    ['other bytes', Uint8Array.of(1, 2, 3, 4), 'neither JSON nor a protobuf History'],
    ['a wrong enum', { events: [{ eventType: 'Nonsense', eventId: '1' }] }, 'events[0].eventType'],
    [
      'decoded payloads',
      {
        events: [
          { eventId: '1', workflowExecutionStartedEventAttributes: { input: { payloads: [{ data: { a: 1 } }] } } },
        ],
      },
      'export again without decoding',
    ],
    [
      'payloads decoded as a whole',
      { events: [{ eventId: '1', workflowExecutionStartedEventAttributes: { input: ['order-1'] } }] },
      'export again without decoding',
    ],
  ])('%s', (_, input, text) => {
    const error = errorOf(() => parseHistory(input, 'order.json'));
    expect(error.code).toBe('R3002');
    expect(error.message).toContain('order.json: ');
    expect(error.message).toContain(text);
  });
});

describe('a history with a part missing is R3003', () => {
  const events = message.events ?? [];
  test.each<[string, typeof events, string]>([
    ['no events', [], 'the history has no events'],
    ['no beginning', events.slice(3), 'the first event is event 4 (WorkflowTaskCompleted)'],
    ['a gap', [...events.slice(0, 4), ...events.slice(5)], 'event 5 is missing: found event 6 (ActivityTaskStarted)'],
    [
      'events after the end',
      [...events, { ...events[1], eventId: events.length + 1 }],
      'closes the run, but 1 events follow',
    ],
  ])('%s', (_, given, text) => {
    const error = errorOf(() => checkHistory(given, { file: 'order.json' }));
    expect(error.code).toBe('R3003');
    expect(error.message).toContain(text);
  });

  test('a whole one tells what it is', () => {
    expect(checkHistory(events, { file: 'order.json' })).toMatchObject({
      workflowType: 'oneActivity',
      file: 'order.json',
      isClosed: true,
    });
  });
});

describe('several histories in one file', () => {
  const other = { ...json, workflowId: 'second' };
  const pair = { workflowId: 'third', history: json };
  test.each<[string, string, string[]]>([
    ['a list', JSON.stringify([json, other, pair]), ['[0]', '[1]', '[2]']],
    ['a list under a name', JSON.stringify({ histories: [json, other, pair] }), ['[0]', '[1]', '[2]']],
    ['lists of events', JSON.stringify([json.events, json.events]), ['[0]', '[1]']],
    ['one a line', [json, other, pair].map((each) => JSON.stringify(each)).join('\n\n'), [':1', ':3', ':5']],
    ['a list of one', JSON.stringify([json]), ['[0]']],
  ])('%s', (_, text, at) => {
    const found = findHistories(text, 'all.json');
    expect(found.map((each) => each.at)).toEqual(at);
    for (const each of found) expect(each.read().events).toEqual(message.events);
    if (found.length === 3) expect(found.map((each) => each.read().workflowId)).toEqual([undefined, 'second', 'third']);
  });

  test.each<[string, string, string]>([
    ['in a list', JSON.stringify([json, { name: 'x' }, json]), 'all.json[1]: expected a history'],
    ['in lines', `${JSON.stringify(json)}\n{"events": [\n${JSON.stringify(json)}`, 'all.json:2: not valid JSON'],
  ])('what is none %s does not hide the others', (_, text, problem) => {
    const [first, second, third] = findHistories(text, 'all.json');
    expect(errorOf(() => second?.read()).message).toContain(problem);
    expect([first?.read().events.length, third?.read().events.length]).toEqual([
      json.events.length,
      json.events.length,
    ]);
  });

  test('are refused where one is expected', () => {
    expect(errorOf(() => parseHistory([json, json])).message).toContain('expected one history, found 2');
  });
});

function errorOf(call: () => unknown): CorpusError {
  try {
    call();
  } catch (error) {
    if (error instanceof CorpusError) return error;
    throw error;
  }
  throw new Error('expected a CorpusError');
}
