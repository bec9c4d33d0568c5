import { setTimeout as wait } from 'node:timers/promises';
import {
  ActivityCompletionError,
  ActivityExecutionAlreadyStartedError,
  ActivityExecutionFailedError,
  ActivityNotFoundError,
  Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
} from '@reprise/client';
import type { ActivityClientInterceptor } from '@reprise/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activities, waiting } from './activities.ts';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';
import { completedElsewhere, counter, nothing } from './workflows.ts';

let playground: Playground;
beforeAll(async () => {
  playground = await openPlayground();
});
afterAll(async () => {
  await playground.close();
});

async function untilWaiting(workflowId: string): Promise<Uint8Array> {
  for (;;) {
    const token = waiting.get(workflowId);
    if (token !== undefined) return token;
    await wait(10);
  }
}

describe('an activity that waits to be completed', () => {
  it('is completed by its token', async () => {
    const handle = await playground.client.workflow.start(completedElsewhere, playground.ids());
    const token = await untilWaiting(handle.workflowId);
    await playground.client.activity.heartbeat(token, 'half way');
    await playground.client.activity.complete(token, 'by hand');
    expect(await handle.result()).toBe('by hand');
    await expect(playground.client.activity.complete(token, 'again')).rejects.toBeInstanceOf(ActivityNotFoundError);
  });

  it('is failed by its ids', async () => {
    const handle = await playground.client.workflow.start(completedElsewhere, playground.ids());
    await untilWaiting(handle.workflowId);
    await playground.client.activity.fail({ workflowId: handle.workflowId, activityId: '1' }, new Error('by hand'));
    await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { message: 'by hand' } } });
  });

  it('says what is wrong with a token that is none', async () => {
    await expect(playground.client.activity.complete(new Uint8Array([1, 2, 3]), 1)).rejects.toBeInstanceOf(
      ActivityCompletionError,
    );
  });
});

describe('an activity of its own', () => {
  it('gives its result, is described and listed', async () => {
    const id = playground.ids().workflowId;
    const options = { id, taskQueue: playground.taskQueue, startToCloseTimeout: '1 minute' as const };
    const handle = await playground.client.activity.start(activities.sum, { ...options, args: [[1, 2, 3]] });
    expect(await handle.result()).toBe(6);
    const description = await handle.describe({ includeInput: true, includeOutcome: true });
    expect(description).toMatchObject({
      activityId: id,
      activityType: 'sum',
      status: 'COMPLETED',
      startToCloseTimeoutMs: 60_000,
      hasInput: true,
      hasResult: true,
      hasOutcomeFailure: false,
    });
    expect(await description.getInput()).toEqual([[1, 2, 3]]);
    expect(await description.getResult()).toBe(6);
    expect(await description.getOutcomeFailure()).toBeUndefined();
    expect(
      await playground.client.activity
        .typed<typeof activities>()
        .execute('sum', { ...options, id: `${id}-2`, args: [[4]] }),
    ).toBe(4);
  });

  it('fails with what it threw', async () => {
    const failing = playground.client.activity.execute(activities.failAlways, {
      id: playground.ids().workflowId,
      taskQueue: playground.taskQueue,
      startToCloseTimeout: '1 minute',
      retry: { maximumAttempts: 1 },
    });
    const error = await failing.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ActivityExecutionFailedError);
    expect(error).toMatchObject({ cause: { message: 'always' } });
  });

  it('passes through interceptors, and can be changed while it waits', async () => {
    const seen: string[] = [];
    const interceptor: ActivityClientInterceptor = {
      start: (input, next) => (seen.push(`start ${input.activityType}`), next(input)),
      describe: (input, next) => (seen.push('describe'), next(input)),
      // What this server does not do, an interceptor may answer by itself.
      updateOptions: async (input) => (seen.push('update'), { taskQueue: input.options.taskQueue ?? '' }),
      restoreOriginalOptions: async () => (seen.push('restore'), {}),
      pause: async (input) => void seen.push(`pause ${input.options.reason}`),
      unpause: async () => void seen.push('unpause'),
      cancel: (input, next) => (seen.push(`cancel ${input.reason}`), next(input)),
      list: (input, next) => (seen.push('list'), next(input)),
      count: (input, next) => (seen.push('count'), next(input)),
    };
    const client = new Client({
      connection: playground.client.connection,
      interceptors: { activity: [interceptor] },
    });
    const id = playground.ids().workflowId;
    const options = { id, taskQueue: 'nobody polls', startToCloseTimeout: '1 minute' as const };
    const handle = await client.activity.start('sum', options);
    expect(handle.runId).not.toBe('');
    expect(await handle.updateOptions({ taskQueue: 'other' })).toEqual({ taskQueue: 'other' });
    expect(await handle.restoreOriginalOptions()).toEqual({});
    await handle.pause({ reason: 'lunch' });
    await handle.unpause();
    const listed: string[] = [];
    for await (const { activityId } of client.activity.list(`ActivityId = '${id}'`)) listed.push(activityId);
    expect(listed).toEqual([id]);
    expect((await client.activity.count(`ActivityId = '${id}'`)).count).toBe(1);
    await handle.cancel('enough');
    expect((await client.activity.getHandleWithOptions(id, {}).describe()).canceledReason).toBe('enough');
    const kinds = seen.map((name) => name.split(' ')[0]);
    expect(kinds).toEqual(['start', 'update', 'restore', 'pause', 'unpause', 'list', 'count', 'cancel', 'describe']);
    expect(seen).toContain('pause lunch');
  });

  it('is not started twice under one id while it runs, and can be cancelled and terminated', async () => {
    const options = {
      id: playground.ids().workflowId,
      taskQueue: 'nobody polls',
      startToCloseTimeout: '1 minute' as const,
    };
    const handle = await playground.client.activity.start('sum', options);
    const again = await playground.client.activity.start('sum', options).catch((reason: unknown) => reason);
    expect(again).toBeInstanceOf(ActivityExecutionAlreadyStartedError);
    await handle.terminate('enough');
    expect((await handle.describe()).status).toBe('TERMINATED');
    await expect(playground.client.activity.getHandle('missing').describe()).rejects.toBeInstanceOf(
      ActivityNotFoundError,
    );
  });
});

describe('a schedule', () => {
  it('is created, described, changed, listed, triggered and deleted', async () => {
    const { client, taskQueue } = playground;
    const scheduleId = playground.ids().workflowId;
    const handle = await client.schedule.create({
      scheduleId,
      spec: { calendars: [{ hour: 3, dayOfWeek: 'MONDAY' }], intervals: [{ every: '1h' }], timezone: 'Europe/Berlin' },
      action: { type: 'startWorkflow', workflowType: counter, taskQueue, args: [7], memo: { from: 'schedule' } },
      policies: { overlap: 'ALLOW_ALL', catchupWindow: '1 day' },
      memo: { owner: 'ada' },
      state: { paused: true, note: 'not now' },
    });
    await expect(
      client.schedule.create({
        scheduleId,
        spec: {},
        action: { type: 'startWorkflow', workflowType: nothing, taskQueue },
      }),
    ).rejects.toBeInstanceOf(ScheduleAlreadyRunning);

    const described = await handle.describe();
    expect(described).toMatchObject({
      scheduleId,
      spec: {
        calendars: [
          {
            hour: [{ start: 3, end: 3, step: 1 }],
            dayOfWeek: [{ start: 'MONDAY', end: 'MONDAY', step: 1 }],
            comment: '',
          },
        ],
        intervals: [{ every: 3_600_000, offset: 0 }],
      },
      action: {
        type: 'startWorkflow',
        workflowType: 'counter',
        workflowId: `${scheduleId}-workflow`,
        taskQueue,
        args: [7],
        searchAttributes: {},
      },
      policies: { overlap: 'ALLOW_ALL', catchupWindow: 86_400_000, pauseOnFailure: false },
      memo: { owner: 'ada' },
      state: { paused: true, note: 'not now' },
    });

    await handle.unpause('now');
    await handle.update((previous) => ({
      ...previous,
      action: { ...previous.action, args: [8] },
      state: { ...previous.state, note: 'changed' },
    }));
    expect(await handle.describe()).toMatchObject({ action: { args: [8] }, state: { paused: false, note: 'changed' } });

    await handle.trigger();
    let taken = (await handle.describe()).info;
    while (taken.numActionsTaken === 0) {
      await wait(20);
      taken = (await handle.describe()).info;
    }
    const [action] = taken.recentActions;
    const started = client.workflow.getHandle<typeof counter>(action?.action.workflow.workflowId ?? '');
    expect((await started.describe()).memo).toMatchObject({ from: 'schedule' });
    await started.terminate();

    const listed: string[] = [];
    for await (const summary of client.schedule.list()) listed.push(summary.scheduleId);
    expect(listed).toContain(scheduleId);
    await handle.delete();
    const missing = await handle.describe().catch((reason: unknown) => reason);
    expect(missing).toBeInstanceOf(ScheduleNotFoundError);
    expect(missing).toMatchObject({ scheduleId });
  });
});
