import { setTimeout as wait } from 'node:timers/promises';

import type { WorkflowHandle } from '@reprise/client';

const LOOK_EVERY_MS = 10;
const MOST_LOOKS = 100;

/** A workflow under test did not end, and waits for what the test does not bring. */
export class WorkflowStuckError extends Error {
  override readonly name = 'WorkflowStuckError';
}

/**
 * The error with what can be learned of a workflow that does not end: where its code waits, why its tasks fail, what is
 * under way, and what holds virtual time.
 */
export async function stuck(
  handle: WorkflowHandle,
  { patienceMs, timeHolders }: { patienceMs: number; timeHolders: readonly string[] },
): Promise<WorkflowStuckError> {
  await firstAttemptOver(handle);
  const failure = await taskFailure(handle);
  const stack = failure === undefined ? await stackOf(handle) : '';
  const { activities, children } = await pending(handle);
  const lines = [
    `the workflow has not ended within ${patienceMs} ms of real time, though its waiting is skipped`,
    ...(failure === undefined ? [] : ['its workflow task fails, and is tried again:', `  ${failure}`]),
    ...(stack === '' ? [] : ['its code waits here:', stack]),
    ...section('activities under way:', activities),
    ...section('child workflows under way (children: { ... } takes mocks):', children),
    ...section('virtual time is held by:', timeHolders),
    'Give it what it waits for (signals, act), or more time (patience).',
  ];
  return new WorkflowStuckError(lines.join('\n'));
}

/**
 * Code that loops has had this process to itself until now: what became of its task is only just on its way. There is no
 * waiting for ever, since nobody may be there to take the task.
 */
async function firstAttemptOver(handle: WorkflowHandle): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const { pendingWorkflowTask } = (await handle.describe()).raw;
    if (!pendingWorkflowTask || (pendingWorkflowTask.attempt ?? 1) > 1) return;
    await wait(LOOK_EVERY_MS);
  }
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `  ${item}`)];
}

/** Why the last workflow task failed, if none was completed since. A query would wait for one that is. */
async function taskFailure(handle: WorkflowHandle): Promise<string | undefined> {
  const { events } = await handle.fetchHistory();
  for (const event of (events ?? []).toReversed()) {
    if (event.workflowTaskCompletedEventAttributes) return undefined;
    const failed = event.workflowTaskFailedEventAttributes;
    if (failed) return failed.failure?.message ?? 'no message';
  }
  return undefined;
}

async function stackOf(handle: WorkflowHandle): Promise<string> {
  try {
    return (await handle.query<string>('__stack_trace')).replaceAll(/^/gm, '  ');
  } catch {
    // Its code does not yield: then there is no stack to be had.
    return '';
  }
}

async function pending(handle: WorkflowHandle): Promise<{ activities: string[]; children: string[] }> {
  const { raw } = await handle.describe();
  const activities = (raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => {
    const failure = lastFailure?.message ? `, last failure: ${lastFailure.message}` : '';
    return `${activityType?.name ?? ''}, attempt ${attempt ?? 1}${failure}`;
  });
  const children = (raw.pendingChildren ?? []).map(
    ({ workflowTypeName, workflowId }) => `${workflowTypeName ?? ''}, workflow id ${workflowId ?? ''}`,
  );
  return { activities, children };
}
