import { expect, test } from 'vitest';
import { followUpOf } from './event-inputs.ts';
import { EventType } from './event-type.ts';

test('children that were ended from outside are not tried again, though their events do not say so', () => {
  const ended = { initiatedEventId: 5, workflowExecution: { workflowId: 'child', runId: 'r' } };
  const terminated = {
    eventType: EventType.ChildWorkflowExecutionTerminated,
    childWorkflowExecutionTerminatedEventAttributes: ended,
  };
  const canceled = {
    eventType: EventType.ChildWorkflowExecutionCanceled,
    childWorkflowExecutionCanceledEventAttributes: ended,
  };
  expect(followUpOf(terminated)).toMatchObject({
    initiatingEventId: 5,
    input: { kind: 'childTerminated', retryState: 2 },
  });
  expect(followUpOf(canceled)).toMatchObject({ initiatingEventId: 5, input: { kind: 'childCanceled', retryState: 2 } });
});
