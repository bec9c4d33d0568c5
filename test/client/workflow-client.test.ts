import { setTimeout as wait } from 'node:timers/promises';
import {
  ApplicationFailure,
  CancelledFailure,
  NamespaceNotFoundError,
  QueryNotRegisteredError,
  QueryRejectedError,
  TerminatedFailure,
  TimeoutFailure,
  WithStartWorkflowOperation,
  WorkflowContinuedAsNewError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@reprise/client';
import type { WorkflowClientInterceptor } from '@reprise/client';
import { defineSearchAttributeKey } from '@reprise/common';
import { EventType } from '@reprise/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';
import { add, brokenQuery, counter, failing, finish, forever, multiply, nothing, relay, total } from './workflows.ts';

let playground: Playground;
beforeAll(async () => {
  playground = await openPlayground();
});
afterAll(async () => {
  await playground.close();
});

function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`Expected a rejection, but found ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}

describe('a workflow', () => {
  it('takes signals, answers queries and gives a result', async () => {
    const handle = await playground.client.workflow.start(counter, { ...playground.ids(), args: [1] });
    await handle.signal(add, 4);
    expect(await handle.query(total)).toBe(5);
    await handle.signal(finish);
    expect(await handle.result()).toBe(5);
  });

  it('takes updates, and refuses what its validator does not like', async () => {
    const handle = await playground.client.workflow.start(counter, { ...playground.ids(), args: [3] });
    expect(await handle.executeUpdate(multiply, { args: [2] })).toBe(6);
    const update = await handle.startUpdate(multiply, { args: [2], waitForStage: 'ACCEPTED', updateId: 'twice' });
    expect(await update.result()).toBe(12);
    expect(await handle.getUpdateHandle<number>('twice').result()).toBe(12);
    // The same id again is the same update.
    expect(await handle.executeUpdate(multiply, { args: [2], updateId: 'twice' })).toBe(12);
    const rejected = await caught(handle.executeUpdate(multiply, { args: [0] }));
    expect(rejected).toBeInstanceOf(WorkflowUpdateFailedError);
    expect(rejected).toMatchObject({ cause: { message: '0 is not a factor' } });
    const failed = await caught(handle.executeUpdate(multiply, { args: [13] }));
    expect(failed).toMatchObject({ cause: { message: '13 brings bad luck', type: 'Superstition' } });
    await handle.terminate();
  });

  it('fails with what it threw', async () => {
    const error = await caught(playground.client.workflow.execute(failing, { ...playground.ids(), args: ['no luck'] }));
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(error).toMatchObject({ message: 'Workflow execution failed', retryState: 'RETRY_POLICY_NOT_SET' });
    const { cause } = error as WorkflowFailedError;
    expect(cause).toBeInstanceOf(ApplicationFailure);
    expect(cause).toMatchObject({ message: 'no luck', type: 'Expected', nonRetryable: true, details: ['detail', 7] });
  });

  it('can be cancelled, terminated and run out of time', async () => {
    const { client } = playground;
    const cancelled = await client.workflow.start(forever, playground.ids());
    await cancelled.cancel();
    const cancelledError = await caught(cancelled.result());
    expect(cancelledError).toMatchObject({ message: 'Workflow execution cancelled' });
    expect((cancelledError as Error).cause).toBeInstanceOf(CancelledFailure);

    const terminated = await client.workflow.start(forever, playground.ids());
    await terminated.terminate('enough');
    const terminatedError = await caught(terminated.result());
    expect(terminatedError).toMatchObject({ message: 'enough' });
    expect((terminatedError as Error).cause).toBeInstanceOf(TerminatedFailure);

    const timedOut = await caught(client.workflow.execute(forever, { ...playground.ids(), workflowRunTimeout: '1s' }));
    expect(timedOut).toMatchObject({ message: 'Workflow execution timed out' });
    expect((timedOut as Error).cause).toBeInstanceOf(TimeoutFailure);
  });

  it('is followed through its runs, unless the handle says otherwise', async () => {
    const { client } = playground;
    expect(await client.workflow.execute(relay, { ...playground.ids(), args: [3] })).toBe('arrived');
    const handle = await client.workflow.start(relay, { ...playground.ids(), args: [2], followRuns: false });
    expect(await caught(handle.result())).toBeInstanceOf(WorkflowContinuedAsNewError);
  });

  it('is described with memo, search attributes and summary', async () => {
    const customer = defineSearchAttributeKey('Customer', 'KEYWORD');
    const ids = playground.ids();
    const handle = await playground.client.workflow.start(forever, {
      ...ids,
      memo: { note: 'fragile' },
      typedSearchAttributes: [{ key: customer, value: 'ada' }],
      staticSummary: 'Waits',
      staticDetails: 'for ever',
      priority: { priorityKey: 2 },
    });
    const description = await handle.describe();
    expect(description).toMatchObject({
      type: 'forever',
      workflowId: ids.workflowId,
      runId: handle.firstExecutionRunId,
      taskQueue: ids.taskQueue,
      status: { code: 1, name: 'RUNNING' },
      memo: { note: 'fragile' },
      searchAttributes: { Customer: ['ada'] },
      priority: { priorityKey: 2 },
    });
    expect(description.typedSearchAttributes.get(customer)).toBe('ada');
    expect(await description.staticSummary()).toBe('Waits');
    expect(await description.staticDetails()).toBe('for ever');
    await handle.terminate();
    expect((await handle.describe()).status.name).toBe('TERMINATED');
  });

  it('has a history', async () => {
    const handle = await playground.client.workflow.start(nothing, playground.ids());
    await handle.result();
    const { events } = await handle.fetchHistory();
    expect(events?.at(0)?.eventType).toBe(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    expect(events?.at(-1)?.eventType).toBe(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
  });

  it('is not started twice under one id while it runs', async () => {
    const ids = playground.ids();
    const { client } = playground;
    const handle = await client.workflow.start(forever, ids);
    const error = await caught(client.workflow.start(forever, ids));
    expect(error).toBeInstanceOf(WorkflowExecutionAlreadyStartedError);
    expect(error).toMatchObject({ workflowId: ids.workflowId, workflowType: 'forever' });
    const same = await client.workflow.start(forever, { ...ids, workflowIdConflictPolicy: 'USE_EXISTING' });
    expect(same.firstExecutionRunId).toBe(handle.firstExecutionRunId);
    await handle.terminate();
  });

  it('waits for its start delay', async () => {
    const handle = await playground.client.workflow.start(nothing, { ...playground.ids(), startDelay: '1 hour' });
    const { startTime, executionTime } = await handle.describe();
    expect((executionTime?.getTime() ?? 0) - startTime.getTime()).toBe(3_600_000);
    await handle.terminate();
  });

  it('is started by a signal, and signalled when it runs', async () => {
    const ids = playground.ids();
    const options = { ...ids, args: [1] as [number], signal: add, signalArgs: [2] as [number] };
    const first = await playground.client.workflow.signalWithStart(counter, options);
    const second = await playground.client.workflow.signalWithStart(counter, options);
    expect(second.signaledRunId).toBe(first.signaledRunId);
    await first.signal(finish);
    expect(await first.result()).toBe(5);
    const later = await playground.client.workflow.start(counter, { ...ids, args: [9] });
    expect(await first.result()).toBe(5);
    await later.terminate();
  });

  it('is started by an update, and updated when it runs', async () => {
    const { client } = playground;
    const options = { ...playground.ids(), args: [5] as [number], workflowIdConflictPolicy: 'USE_EXISTING' as const };
    const operation = new WithStartWorkflowOperation(counter, options);
    expect(
      await client.workflow.executeUpdateWithStart(multiply, { args: [2], startWorkflowOperation: operation }),
    ).toBe(10);
    await expect(
      client.workflow.executeUpdateWithStart(multiply, { args: [2], startWorkflowOperation: operation }),
    ).rejects.toThrow('already been executed');
    const again = new WithStartWorkflowOperation(counter, options);
    const update = await client.workflow.startUpdateWithStart(multiply, {
      args: [3],
      waitForStage: 'ACCEPTED',
      startWorkflowOperation: again,
    });
    expect(await update.result()).toBe(30);
    const handle = await operation.workflowHandle();
    await handle.signal(finish);
    expect(await handle.result()).toBe(30);

    const running = await client.workflow.start(forever, playground.ids());
    const refused = new WithStartWorkflowOperation(counter, {
      ...options,
      workflowId: running.workflowId,
      workflowIdConflictPolicy: 'FAIL',
    });
    await expect(
      client.workflow.executeUpdateWithStart(multiply, { args: [2], startWorkflowOperation: refused }),
    ).rejects.toBeInstanceOf(WorkflowExecutionAlreadyStartedError);
    await expect(refused.workflowHandle()).rejects.toBeInstanceOf(WorkflowExecutionAlreadyStartedError);
    await running.terminate();
  });
});

describe('errors', () => {
  it('name a workflow that is not there', async () => {
    const handle = playground.client.workflow.getHandle('missing');
    for (const call of [
      handle.describe(),
      handle.signal(finish),
      handle.query(total),
      handle.cancel(),
      handle.result(),
      handle.fetchHistory(),
    ]) {
      const error = await caught(call);
      expect(error).toBeInstanceOf(WorkflowNotFoundError);
      expect(error).toMatchObject({ workflowId: 'missing' });
    }
  });

  it('name a namespace that is not there', async () => {
    const client = playground.clientWith({ namespace: 'nowhere' });
    const error = await caught(client.workflow.start(nothing, playground.ids()));
    expect(error).toBeInstanceOf(NamespaceNotFoundError);
    expect(error).toMatchObject({ namespace: 'nowhere' });
  });

  it('tell of queries that fail or are not known', async () => {
    const handle = await playground.client.workflow.start(counter, { ...playground.ids(), args: [1] });
    expect(await caught(handle.query(brokenQuery))).toMatchObject({ message: 'this query always fails' });
    const unknown = await caught(handle.query('unknown'));
    expect(unknown).toBeInstanceOf(QueryNotRegisteredError);
    expect((unknown as Error).message).toContain('unknown');
    await handle.terminate();
  });

  it('tell of a query that is refused for the state of the workflow', async () => {
    const client = playground.clientWith({ workflow: { queryRejectCondition: 'NOT_OPEN' } });
    const handle = await client.workflow.start(counter, { ...playground.ids(), args: [1] });
    await handle.terminate();
    const error = await caught(handle.query(total));
    expect(error).toBeInstanceOf(QueryRejectedError);
    expect(error).toMatchObject({ status: 5 });
  });

  it('tell of an update that was not waited for to its end', async () => {
    const idle = await openPlayground({ withWorker: false });
    const handle = await idle.client.workflow.start(counter, { ...idle.ids(), args: [1] });
    const error = await caught(
      idle.client.withDeadline(Date.now() + 100, () => handle.executeUpdate(multiply, { args: [2] })),
    );
    expect(error).toBeInstanceOf(WorkflowUpdateRPCTimeoutOrCancelledError);
    await idle.close();
  });
});

describe('lists', () => {
  it('go through all pages, count, and fetch histories', async () => {
    const { client } = playground;
    const customer = defineSearchAttributeKey('Customer', 'KEYWORD');
    const ids = new Set<string>();
    for (let index = 0; index < 5; index++) {
      const own = playground.ids();
      ids.add(own.workflowId);
      await client.workflow.execute(nothing, { ...own, typedSearchAttributes: [{ key: customer, value: 'grace' }] });
    }
    const query = "Customer = 'grace'";
    while ((await client.workflow.count(query)).count < 5) await wait(20);
    const listed = new Set<string>();
    for await (const { workflowId, status } of client.workflow.list({ query, pageSize: 2 })) {
      listed.add(workflowId);
      expect(status.name).toBe('COMPLETED');
    }
    expect(listed).toEqual(ids);
    const histories = new Set<string>();
    for await (const { workflowId, history } of client.workflow.list({ query }).intoHistories({ concurrency: 2 })) {
      expect(history.events?.length).toBeGreaterThan(3);
      histories.add(workflowId);
    }
    expect(histories).toEqual(ids);
    const { groups } = await client.workflow.count(`${query} GROUP BY ExecutionStatus`);
    expect(groups).toEqual([{ count: 5, groupValues: [['Completed']] }]);
  });
});

describe('interceptors', () => {
  it('see every call, the first outermost', async () => {
    const seen: string[] = [];
    const trace = (name: string): WorkflowClientInterceptor => ({
      start: async (input, next) => {
        seen.push(`${name} start`);
        return next(input);
      },
      signal: async (input, next) => {
        seen.push(`${name} signal ${input.signalName}`);
        return next(input);
      },
      terminate: async (input, next) => {
        seen.push(`${name} terminate`);
        return next(input);
      },
    });
    const client = playground.clientWith({ interceptors: { workflow: [trace('outer'), trace('inner')] } });
    const handle = await client.workflow.start(counter, { ...playground.ids(), args: [1] });
    await handle.signal(add, 1);
    await handle.terminate();
    expect(seen).toEqual([
      'outer start',
      'inner start',
      'outer signal add',
      'inner signal add',
      'outer terminate',
      'inner terminate',
    ]);
  });
});
