import type { WorkflowHandle } from '@reprise/client';

/** A workflow under test did not end, and waits for what the test does not bring. */
export class WorkflowStuckError extends Error {
  override readonly name = 'WorkflowStuckError';
}

/** The error with what can be learned of a workflow that does not end: where its code waits, and what is under way. */
export async function stuck(handle: WorkflowHandle, patienceMs: number): Promise<WorkflowStuckError> {
  const [stack, activities] = await Promise.all([stackOf(handle), pendingActivities(handle)]);
  const lines = [
    `the workflow has not ended within ${patienceMs} ms of real time, though its waiting is skipped`,
    ...(stack === '' ? [] : ['its code waits here:', stack]),
    ...(activities.length === 0 ? [] : ['activities under way:', ...activities]),
    'Give it what it waits for (signals, act), or more time (patience).',
  ];
  return new WorkflowStuckError(lines.join('\n'));
}

async function stackOf(handle: WorkflowHandle): Promise<string> {
  try {
    return (await handle.query<string>('__stack_trace')).replaceAll(/^/gm, '  ');
  } catch {
    // Its tasks fail, or its code does not yield: then there is no stack to be had.
    return '';
  }
}

async function pendingActivities(handle: WorkflowHandle): Promise<string[]> {
  const { raw } = await handle.describe();
  return (raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => {
    const failure = lastFailure?.message ? `, last failure: ${lastFailure.message}` : '';
    return `  ${activityType?.name ?? ''}, attempt ${attempt ?? 1}${failure}`;
  });
}
