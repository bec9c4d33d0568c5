import { bundleOf } from '../bundle/bundle-of.suite.ts';
import { expect, it } from 'vitest';
import { ReplayError } from '../errors.ts';
import { replayHistories } from './run-replay.ts';

const workflows = `
export async function loops() { for (;;); }
export async function ends() { return 1; }
`;

function historyOf(type: string): object {
  return {
    events: [
      {
        eventId: '1',
        eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
        workflowExecutionStartedEventAttributes: { workflowType: { name: type } },
      },
      { eventId: '2', eventType: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED', workflowTaskScheduledEventAttributes: {} },
      {
        eventId: '3',
        eventType: 'EVENT_TYPE_WORKFLOW_TASK_STARTED',
        workflowTaskStartedEventAttributes: { scheduledEventId: '2' },
      },
    ],
  };
}

it('fails the history whose code does not come to an end, and goes on with the next one', async () => {
  const { code } = bundleOf({ 'workflows.ts': workflows });
  const histories = ['loops', 'ends'].map((workflowId) => ({ workflowId, history: historyOf(workflowId) }));
  const results = [];
  for await (const result of replayHistories({ workflowBundle: { code } }, histories)) results.push(result);
  expect(results.map(({ workflowId, error }) => [workflowId, error instanceof ReplayError])).toEqual([
    ['loops', true],
    ['ends', false],
  ]);
  expect(results[0]?.error?.message).toMatch(/loops \(workflow id 'loops'.*did not yield.*workflows\.ts:2/);
});
