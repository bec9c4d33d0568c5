import { expect, test } from 'vitest';
import { checkSpelling } from './check-spelling.ts';

const known = { taskQueue: true, workflowId: true, args: true, memo: true } as const;

test.each([
  ['taskqueue', 'taskQueue'],
  ['workflowID', 'workflowId'],
  ['taskQueu', 'taskQueue'],
  ['tasksQueue', 'taskQueue'],
  ['workflowTd', 'workflowId'],
  ['workfolwId', 'workflowId'],
  ['arg', 'args'],
])('%s is refused: %s was meant', (name, meant) => {
  const check = (): void => checkSpelling('Options', { [name]: 1 }, known);
  expect(check).toThrow(new TypeError(`Options.${name} is not known: did you mean ${meant}?`));
});

test.each([
  [{ taskQueue: 'q', memo: {} }],
  [{ tenant: 1, queue: 'q', workflowType: 'x', mono: 1 }],
  // Nothing was to be set: it does not matter how it is spelt.
  [{ taskqueue: undefined }],
  // What was meant is there, so that this is another option.
  [{ args: [], arg: 1 }],
])('%j passes', (options) => {
  checkSpelling('Options', options, known);
});
