import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@reprise/common';
import { RpcError } from '@reprise/proto';
import type { Transport } from '@reprise/proto';
import { describe, expectTypeOf, it } from 'vitest';
import { Client, Connection, WithStartWorkflowOperation } from './index.ts';
import type {
  ActivityHandle,
  ClientPlugin,
  ClientOptions,
  WorkflowClientInterceptor,
  WorkflowHandle,
  WorkflowHandleWithStartDetails,
  WorkflowUpdateHandle,
} from './index.ts';

const silent: Transport = {
  unary: () => Promise.reject(new RpcError({ code: 12, details: 'nobody answers' })),
  close: () => Promise.resolve(),
};
const client = new Client({ connection: Connection.fromTransport(silent) });

declare const order: (article: string, quantity: number) => Promise<{ total: number }>;
declare const tick: () => Promise<void>;
declare const approve: SignalDefinition<[approver: string]>;
declare const nudge: SignalDefinition;
declare const status: QueryDefinition<'open' | 'closed', [verbose: boolean]>;
declare const move: UpdateDefinition<string, [address: string]>;
declare const flush: UpdateDefinition<number>;
declare const handle: WorkflowHandle<typeof order>;
declare const activities: { sum: (numbers: number[]) => Promise<number>; ping: () => Promise<void> };

// Never called: what matters is that it compiles, and that lines marked as errors do not.
function* uses(): Generator<unknown> {
  const base = { workflowId: 'w', taskQueue: 'q' };
  const started = client.workflow.start(order, { ...base, args: ['cup', 1] });
  expectTypeOf(started).resolves.toExtend<WorkflowHandleWithStartDetails<typeof order>>();
  expectTypeOf(client.workflow.execute(order, { ...base, args: ['cup', 1] })).resolves.toEqualTypeOf<{
    total: number;
  }>();
  expectTypeOf(client.workflow.execute(tick, base)).resolves.toEqualTypeOf<void>();
  yield client.workflow.start('order', { ...base, args: ['anything', { goes: true }] });
  // @ts-expect-error the arguments of a workflow that takes some are required
  yield client.workflow.start(order, base);
  // @ts-expect-error of their types
  yield client.workflow.start(order, { ...base, args: ['cup', 'one'] });
  // @ts-expect-error there must be a task queue
  yield client.workflow.start(tick, { workflowId: 'w' });

  expectTypeOf(client.workflow.getHandle<typeof order>('w').result()).resolves.toEqualTypeOf<{ total: number }>();
  yield handle.signal(approve, 'Ada');
  yield handle.signal(nudge);
  yield handle.signal('by name', 1, 2, 3);
  // @ts-expect-error the argument of the signal is a string
  yield handle.signal(approve, 1);
  // @ts-expect-error this signal takes no argument
  yield handle.signal(nudge, 1);
  expectTypeOf(handle.query(status, true)).resolves.toEqualTypeOf<'open' | 'closed'>();
  // @ts-expect-error the argument of the query is required
  yield handle.query(status);
  expectTypeOf(handle.query<number>('by name')).resolves.toEqualTypeOf<number>();

  expectTypeOf(handle.executeUpdate(move, { args: ['here'] })).resolves.toEqualTypeOf<string>();
  expectTypeOf(handle.executeUpdate(flush)).resolves.toEqualTypeOf<number>();
  expectTypeOf(handle.startUpdate(move, { args: ['here'], waitForStage: 'ACCEPTED' })).resolves.toEqualTypeOf<
    WorkflowUpdateHandle<string>
  >();
  // @ts-expect-error the arguments of the update are required
  yield handle.executeUpdate(move);
  // @ts-expect-error the stage to wait for is required
  yield handle.startUpdate(move, { args: ['here'] });

  yield client.workflow.signalWithStart(order, { ...base, args: ['cup', 1], signal: approve, signalArgs: ['Ada'] });
  yield client.workflow.signalWithStart(tick, { ...base, signal: nudge });

  const operation = WithStartWorkflowOperation.create(order, {
    ...base,
    args: ['cup', 1],
    workflowIdConflictPolicy: 'FAIL',
  });
  expectTypeOf(
    client.workflow.executeUpdateWithStart(move, { args: ['here'], startWorkflowOperation: operation }),
  ).resolves.toEqualTypeOf<string>();
  expectTypeOf(operation.workflowHandle()).resolves.toEqualTypeOf<WorkflowHandle<typeof order>>();
  // @ts-expect-error the conflict policy is required
  yield WithStartWorkflowOperation.create(order, { ...base, args: ['cup', 1] });

  const sum = { id: 'a', taskQueue: 'q', startToCloseTimeout: '1m' as const };
  expectTypeOf(client.activity.execute(activities.sum, { ...sum, args: [[1, 2]] })).resolves.toEqualTypeOf<number>();
  expectTypeOf(client.activity.start(activities.ping, sum)).resolves.toEqualTypeOf<ActivityHandle<void>>();
  expectTypeOf(
    client.activity.typed<typeof activities>().execute('sum', { ...sum, args: [[1]] }),
  ).resolves.toEqualTypeOf<number>();
  // @ts-expect-error there is no such activity
  yield client.activity.typed<typeof activities>().start('summ', sum);
  // @ts-expect-error the arguments of an activity that takes some are required
  yield client.activity.execute(activities.sum, sum);

  const described = client.schedule.getHandle('s');
  yield client.schedule.create({
    scheduleId: 's',
    spec: {},
    action: { type: 'startWorkflow', workflowType: order, taskQueue: 'q', args: ['cup', 1] },
  });
  yield described.update((previous) => ({ ...previous, state: { ...previous.state, paused: true } }));
  yield client.schedule.create({
    scheduleId: 's',
    spec: {},
    // @ts-expect-error the arguments of the workflow are required
    action: { type: 'startWorkflow', workflowType: order, taskQueue: 'q' },
  });

  const interceptor: WorkflowClientInterceptor = {
    start: (input, next) => next({ ...input, headers: { ...input.headers, trace: {} } }),
    async query(input, next) {
      return next(input);
    },
  };
  const plugin: ClientPlugin<ClientOptions> = {
    name: 'traced',
    configureClient: (options) => ({ ...options, interceptors: { workflow: [interceptor] } }),
  };
  yield new Client({ plugins: [plugin] });
}

describe('the types of the client', () => {
  it('are inferred from workflows, signals, queries, updates and activities', () => {
    expectTypeOf(uses).toBeFunction();
  });
});
