import { readdirSync, readFileSync } from 'node:fs';
import { fromJson } from '@reprise/proto/json';
import { expect, test } from 'vitest';
import { RecordedCode } from './recorded-code.suite.ts';
import { replayHistory } from './replay-history.ts';

const folder = new URL('../../../../test/golden/histories/', import.meta.url);

interface Recording {
  histories: Record<string, object[]>;
}

const histories = readdirSync(folder).flatMap((file) => {
  const { histories: byExecution } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Recording;
  return Object.entries(byExecution).flatMap(([execution, runs]) =>
    runs.map((json, run) => ({ name: `${file.replace('.json', '')}${execution} run ${run + 1}`, json })),
  );
});

test.each(histories)('$name folds, and what it recorded matches it', ({ json }) => {
  const { events = [] } = fromJson('temporal.api.history.v1.History', json);
  const outcome = replayHistory({ events: events ?? [], isolate: new RecordedCode(events ?? []), strict: true });
  expect(outcome.status === 'mismatch' ? outcome.mismatch.message : outcome.status).toBe('ok');
  expect(outcome.lastEventId).toBe(events?.length);
});
