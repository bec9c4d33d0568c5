import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { decodeMessage, encodeMessage } from '../message-codec.ts';
import { fromJson } from './from-json.ts';
import { toJson } from './to-json.ts';

const TYPE = 'temporal.api.history.v1.History';
const folder = join(import.meta.dirname, '../../../../test/golden/histories');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

interface Recording {
  histories: Record<string, unknown[]>;
}

test('the recordings are there', () => {
  expect(files.length).toBe(77);
});

test.each(files)('%s goes to a message, to bytes and back without loss', (name) => {
  const recording = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording;
  for (const history of Object.values(recording.histories).flat()) {
    const message = fromJson(TYPE, history);
    expect(toJson(TYPE, message)).toEqual(history);
    const decoded = decodeMessage(TYPE, encodeMessage(TYPE, message));
    expect(decoded).toEqual(message);
    expect(toJson(TYPE, decoded)).toEqual(history);
  }
});
