/** A run that was reset, as version 1.17.2 of the published SDK recorded it: random numbers go on from the new run's id. */
import { afterAll, expect, test } from 'vitest';

import { ReplayedSource } from './replayed-source.suite.ts';

const code = new ReplayedSource();
afterAll(() => code.dispose());

const SOURCE = `import { condition, sleep, startChild, uuid4 } from '@temporalio/workflow';

async function draw(): Promise<void> {
  Math.random();
  uuid4();
  await startChild('drawn');
}

export async function draws(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await draw();
    await sleep(1);
  }
  await condition(() => false);
}
`;

const BASE_RUN_ID = '019e93d9-da0e-70d6-9f43-888c2c8d3988';
const NEW_RUN_ID = '248fbeda-b1fd-4901-9dbc-7c9c34273875';
/** The first was drawn before the reset. */
const CHILD_IDS = [
  'c33cd353-e087-4be1-9d53-ae25f181c1a8',
  '80342b45-80ec-402f-9b9d-de0e85335390',
  '3e4fb568-fbc3-4e65-b516-7d97ca8ccbed',
  'fe932517-3ebb-4f34-a6a8-88f2541abe90',
];

class ResetRun {
  readonly #events: object[] = [];

  add(type: string, attributes: object): string {
    const eventId = String(this.#events.length + 1);
    const name = type.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const eventType = `EVENT_TYPE_${type}`;
    this.#events.push({
      eventId,
      eventTime: '2026-06-04T18:16:28Z',
      eventType,
      [`${name}EventAttributes`]: attributes,
    });
    return eventId;
  }

  taskEndingAs(type: 'COMPLETED' | 'FAILED', attributes: object): void {
    const scheduledEventId = this.add('WORKFLOW_TASK_SCHEDULED', {});
    const startedEventId = this.add('WORKFLOW_TASK_STARTED', { scheduledEventId });
    this.add(`WORKFLOW_TASK_${type}`, { scheduledEventId, startedEventId, ...attributes });
  }

  child(workflowId: string): void {
    const workflowType = { name: 'drawn' };
    const initiatedEventId = this.add('START_CHILD_WORKFLOW_EXECUTION_INITIATED', { workflowId, workflowType });
    this.add('CHILD_WORKFLOW_EXECUTION_STARTED', {
      initiatedEventId,
      workflowType,
      workflowExecution: { workflowId, runId: BASE_RUN_ID },
    });
  }

  get history(): object {
    return { events: this.#events };
  }
}

function recorded(newRunId: string): object {
  const run = new ResetRun();
  const started = { workflowType: { name: 'draws' }, taskQueue: { name: 'q' }, originalExecutionRunId: BASE_RUN_ID };
  run.add('WORKFLOW_EXECUTION_STARTED', { ...started, workflowId: 'draws-1', attempt: 1 });
  CHILD_IDS.forEach((id, round) => {
    run.taskEndingAs('COMPLETED', {});
    run.child(id);
    if (round === 0)
      run.taskEndingAs('FAILED', {
        cause: 'WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW',
        baseRunId: BASE_RUN_ID,
        newRunId,
      });
    run.taskEndingAs('COMPLETED', {});
    const timerId = String(round + 1);
    const startedEventId = run.add('TIMER_STARTED', { timerId, startToFireTimeout: '0.001s' });
    run.add('TIMER_FIRED', { timerId, startedEventId });
  });
  run.taskEndingAs('COMPLETED', {});
  return run.history;
}

test('draws after the reset what the new run drew', async () => {
  expect((await code.replay(SOURCE, recorded(NEW_RUN_ID))).findings).toEqual([]);
});

test('draws something else in another run', async () => {
  const { findings } = await code.replay(SOURCE, recorded(BASE_RUN_ID));
  expect(findings.map(({ code: found }) => found)).toEqual(['R1017']);
});
