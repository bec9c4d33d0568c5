import { expect, test } from 'vitest';
import { storageTarget } from './storage-target.ts';

const start = { workflowId: 'w', workflowType: { name: 'T' } };
const taskToken = new Uint8Array([1]);

test.each([
  ['a start', start, { kind: 'workflow', id: 'w', type: 'T' }],
  ['a start within another call', { operations: [{ startWorkflow: start }] }, { kind: 'workflow', id: 'w', type: 'T' }],
  ['a schedule', { schedule: { action: { startWorkflow: start } } }, { kind: 'workflow', id: 'w', type: 'T' }],
  ['a signal', { workflowExecution: { workflowId: 'w' } }, { kind: 'workflow', id: 'w' }],
  ['a query', { execution: { workflowId: 'w' } }, { kind: 'workflow', id: 'w' }],
  ['an activity', { activityId: 'a', activityType: { name: 'A' } }, { kind: 'activity', id: 'a', type: 'A' }],
  ['the end of an activity', { activityId: 'a', runId: 'r' }, { kind: 'activity', id: 'a', runId: 'r' }],
  ['one of a workflow', { workflowId: 'w', runId: 'r', activityId: 'a' }, { kind: 'workflow', id: 'w', runId: 'r' }],
  ['one by its token', { taskToken }, { kind: 'workflow' }],
])('%s', (_, request, target) => {
  expect(storageTarget(request, 'n')).toEqual({ namespace: 'n', ...target });
});

test('a request that names neither is for nobody', () => {
  expect(storageTarget({}, 'n')).toBeUndefined();
});
