import type { Transport } from '@reprise/proto';
import { expect, test } from 'vitest';
import { Client } from '../client.ts';
import { Connection } from '../connection.ts';
import { interceptorsFor, type WorkflowClientInterceptor } from './interceptors.ts';

test('a list of interceptors is for all workflows, and factories make those of one', () => {
  const interceptor: WorkflowClientInterceptor = {};
  expect(interceptorsFor([interceptor], { workflowId: 'w' })).toEqual([interceptor]);
  const asked: string[] = [];
  const make = ({ workflowId }: { workflowId: string }): WorkflowClientInterceptor => {
    asked.push(workflowId);
    return interceptor;
  };
  expect(interceptorsFor({ calls: [make] }, { workflowId: 'w' })).toEqual([interceptor]);
  expect(asked).toEqual(['w']);
  expect(interceptorsFor({}, { workflowId: 'w' })).toEqual([]);
});

test('an interceptor of starts is asked once, in its place, whichever form it has', async () => {
  const calls: string[] = [];
  const older = (name: string): WorkflowClientInterceptor => ({
    async start(input, next) {
      calls.push(name);
      return await next(input);
    },
  });
  const newer = (name: string): WorkflowClientInterceptor => ({
    async startWithDetails(input, next) {
      calls.push(name);
      return await next(input);
    },
  });
  const workflow = [newer('a'), older('b'), { ...older('never'), ...newer('c') }];
  const client = new Client({
    connection: Connection.fromTransport(answering({ runId: 'run' })),
    interceptors: { workflow },
  });
  const handle = await client.workflow.start('x', { workflowId: 'w', taskQueue: 'q' });
  expect(calls).toEqual(['a', 'b', 'c']);
  expect(handle.firstExecutionRunId).toBe('run');
});

test('an interceptor may start a workflow in its own way', async () => {
  const workflow: WorkflowClientInterceptor[] = [{ start: () => Promise.resolve('mine') }];
  const client = new Client({ connection: Connection.fromTransport(answering({})), interceptors: { workflow } });
  const handle = await client.workflow.start('x', { workflowId: 'w', taskQueue: 'q' });
  expect([handle.firstExecutionRunId, handle.eagerlyStarted]).toEqual(['mine', false]);
});

test('interceptors see what was asked for: no id of an update unless it has one, and the number of a condition', async () => {
  const inputs: unknown[] = [];
  const workflow: WorkflowClientInterceptor[] = [
    {
      async startUpdate(input, next) {
        inputs.push(input.options);
        return await next(input);
      },
      async query(input, next) {
        inputs.push(input.queryRejectCondition);
        return await next(input);
      },
    },
  ];
  const stage = 3;
  const client = new Client({ connection: Connection.fromTransport(answering({ stage })), interceptors: { workflow } });
  const handle = client.workflow.getHandle('w');
  const update = await handle.startUpdate('u', { waitForStage: 'ACCEPTED' });
  await handle.startUpdate('u', { waitForStage: 'ACCEPTED', updateId: 'mine' });
  await handle.query('q');
  expect(inputs).toEqual([{}, { updateId: 'mine' }, 1]);
  expect(update.updateId).toMatch(/^[0-9a-f-]{36}$/);
});

/** A server that gives the same answer to every call. */
function answering(response: object): Transport {
  return { unary: () => Promise.resolve(response), close: () => Promise.resolve() } as unknown as Transport;
}
