import { ApplicationFailure } from '@reprise/common';
import { expect, test } from 'vitest';
import { logText } from './log-text.ts';

const entry = { level: 'WARN', message: 'Activity failed', timestampNanos: 1_700_000_000_000_000_000n } as const;

test('a line without attributes is the message', () => {
  expect(logText(entry)).toBe('2023-11-14T22:13:20.000Z [WARN] Activity failed');
});

test('attributes are shown on the line, without what only machines need', () => {
  const meta = { workflowId: 'order-1', attempt: 2, taskToken: 'WyIyOTA0YzR', nothing: undefined };
  expect(logText({ ...entry, meta })).toBe(
    "2023-11-14T22:13:20.000Z [WARN] Activity failed { workflowId: 'order-1', attempt: 2 }",
  );
});

test('errors are shown below the line with their stacks and causes', () => {
  const cause = Object.assign(new RangeError('too far'), { stack: 'RangeError: too far\n    at go (walk.ts:1:2)' });
  const error = ApplicationFailure.create({ message: 'no way', cause });
  error.stack = 'ApplicationFailure: no way\n    at order (order.ts:3:4)';
  expect(logText({ ...entry, meta: { attempt: 1, error } }).split('\n')).toEqual([
    '2023-11-14T22:13:20.000Z [WARN] Activity failed { attempt: 1 }',
    '  ApplicationFailure: no way',
    '      at order (order.ts:3:4)',
    '  caused by: RangeError: too far',
    '      at go (walk.ts:1:2)',
  ]);
});

test('an error whose stack does not say what happened says it first', () => {
  const error = Object.assign(new Error('late'), { stack: '    at order (order.ts:3:4)' });
  expect(logText({ ...entry, meta: { error } })).toContain('  Error: late\n      at order (order.ts:3:4)');
});

test('frames of the runtime are left out where there are others', () => {
  const frames = [
    'at order (order.ts:3:4)',
    'at async reprise:runtime:11024:24',
    'at AsyncLocalStorage.run (node:internal/a:1:2)',
  ];
  const error = Object.assign(new Error('late'), {
    stack: ['Error: late', ...frames.map((frame) => `    ${frame}`)].join('\n'),
  });
  expect(
    logText({ ...entry, meta: { error } })
      .split('\n')
      .slice(1),
  ).toEqual(['  Error: late', '      at order (order.ts:3:4)']);
});

test('a stack that is an attribute is shown like that of an error', () => {
  const meta = { attempt: 1, stackTrace: 'TypeError: no\n    at order (order.ts:3:4)' };
  expect(logText({ ...entry, meta })).toMatch(/\{ attempt: 1 \}\n {2}TypeError: no\n {6}at order \(order\.ts:3:4\)$/);
});
