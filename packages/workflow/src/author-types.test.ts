/** What the compiler infers for workflow authors. Nothing here runs but the assertions of types. */
import { expectTypeOf, test } from 'vitest';

import * as wf from './index.ts';

interface Order {
  id: string;
}
const activities = {
  async charge(order: Order, cents: number): Promise<{ receipt: string }> {
    return await Promise.resolve({ receipt: `${order.id}:${cents}` });
  },
  async ping(): Promise<void> {
    await Promise.resolve();
  },
  syncHelper(): number {
    return 1;
  },
  constant: 7,
};
type Activities = typeof activities;

async function ship(order: Order, fast?: boolean): Promise<{ tracking: string }> {
  return await Promise.resolve({ tracking: `${order.id}${fast === true ? '!' : ''}` });
}
async function noArgs(): Promise<number> {
  return await Promise.resolve(1);
}

test('proxied activities have the types of the activities', () => {
  const act = (): wf.ActivityInterfaceFor<Activities> =>
    wf.proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });
  expectTypeOf<ReturnType<typeof act>['charge']>().parameters.toEqualTypeOf<[order: Order, cents: number]>();
  expectTypeOf<ReturnType<typeof act>['charge']>().returns.toEqualTypeOf<Promise<{ receipt: string }>>();
  expectTypeOf<ReturnType<typeof act>['syncHelper']>().toEqualTypeOf<typeof wf.NotAnActivityMethod>();
  expectTypeOf<ReturnType<typeof act>['constant']>().toEqualTypeOf<typeof wf.NotAnActivityMethod>();
  const once = (): unknown => act().charge.executeWithOptions({ taskQueue: 'other' }, [{ id: '1' }, 5]);
  // @ts-expect-error -- an argument is missing
  const missing = (): unknown => act().charge({ id: '1' });
  const untyped = (): unknown => wf.proxyActivities({ startToCloseTimeout: 1_000 })['anything']?.(1, 'two');
  const options = { startToCloseTimeout: '1 minute' };
  const declaredBefore = (): unknown => wf.proxyActivities(options);
  const local = wf.proxyLocalActivities<Activities>({ startToCloseTimeout: '2s', localRetryThreshold: '1m' });
  expectTypeOf(local.ping).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf([once, missing, untyped, declaredBefore]).toBeArray();
});

test('children know their arguments and results', () => {
  const calls = {
    byFunction: () => wf.executeChild(ship, { args: [{ id: '1' }], workflowId: 'x' }),
    optional: () => wf.executeChild(ship, { args: [{ id: '1' }, true] }),
    noArgs: () => wf.startChild(noArgs),
    noArgsWithOptions: () => wf.startChild(noArgs, { taskQueue: 'q' }),
    byName: () => wf.executeChild<typeof ship>('ship', { args: [{ id: '1' }] }),
    untyped: () => wf.startChild('ship', { args: [1, 2, 3] }),
    // @ts-expect-error -- the arguments are missing
    missing: () => wf.executeChild(ship, {}),
    // @ts-expect-error -- the argument has another type
    wrong: () => wf.executeChild(ship, { args: ['1'] }),
  };
  expectTypeOf(calls.byFunction).returns.toEqualTypeOf<Promise<{ tracking: string }>>();
  expectTypeOf(calls.byName).returns.toEqualTypeOf<Promise<{ tracking: string }>>();
  expectTypeOf(calls.noArgs).returns.resolves.toHaveProperty('firstExecutionRunId').toBeString();
  expectTypeOf<Awaited<ReturnType<typeof calls.noArgs>>['result']>().returns.toEqualTypeOf<Promise<number>>();
  const again = () => wf.continueAsNew<typeof ship>({ id: '1' });
  const elsewhere = () => wf.makeContinueAsNewFunc<typeof ship>({ taskQueue: 'other' })({ id: '1' }, true);
  expectTypeOf(again).returns.toEqualTypeOf<Promise<never>>();
  expectTypeOf(elsewhere).returns.toEqualTypeOf<Promise<never>>();
});

test('handlers have the types of their definitions', () => {
  const approve = wf.defineSignal<[by: string, level: number]>('approve');
  const status = wf.defineQuery<'open' | 'shut', [detail?: boolean]>('status');
  const rename = wf.defineUpdate<number, [Order]>('rename');
  expectTypeOf(approve).toEqualTypeOf<wf.SignalDefinition<[by: string, level: number]>>();
  const calls = [
    () => wf.setHandler(approve, (by, level) => void [by.trim(), level.toFixed()]),
    () => wf.setHandler(approve, async (by) => await wf.sleep(by.length)),
    () => wf.setHandler(status, (detail) => (detail === true ? 'open' : 'shut'), { description: 'how it stands' }),
    () =>
      wf.setHandler(rename, async ({ id }) => await Promise.resolve(id.length), {
        validator: ({ id }) => void id.trim(),
      }),
    () => wf.setHandler(rename, undefined),
    // @ts-expect-error -- the result has another type
    () => wf.setHandler(status, () => 'ajar'),
    // @ts-expect-error -- the argument has another type
    () => wf.setHandler(approve, (by: number) => void by),
    () => wf.setDefaultSignalHandler((name, ...args) => void [name.trim(), args.length]),
    () => wf.getExternalWorkflowHandle('x').signal(approve, 'me', 3),
    // @ts-expect-error -- an argument is missing
    () => wf.getExternalWorkflowHandle('x').signal(approve, 'me'),
  ];
  expectTypeOf(calls).toBeArray();
});

test('waiting', () => {
  const met = () => wf.condition(() => true);
  const inTime = () => wf.condition(() => true, '30 days', { summary: 'approval' });
  expectTypeOf(met).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf(inTime).returns.toEqualTypeOf<Promise<boolean>>();
  const scoped = () => wf.CancellationScope.withTimeout('5s', async () => await Promise.resolve('value'));
  expectTypeOf(scoped).returns.toEqualTypeOf<Promise<string>>();
  expectTypeOf<Awaited<wf.Trigger<Order>>>().toEqualTypeOf<Order>();
});

test('interceptors and sinks are written as classes and interfaces', () => {
  class Auditor implements wf.WorkflowInboundCallsInterceptor, wf.WorkflowOutboundCallsInterceptor {
    async execute(
      input: wf.WorkflowExecuteInput,
      next: wf.Next<wf.WorkflowInboundCallsInterceptor, 'execute'>,
    ): Promise<unknown> {
      return await next({ ...input, headers: { ...input.headers } });
    }
    async scheduleActivity(
      input: wf.ActivityInput,
      next: wf.Next<wf.WorkflowOutboundCallsInterceptor, 'scheduleActivity'>,
    ): Promise<unknown> {
      return await next(input);
    }
  }
  const interceptors: wf.WorkflowInterceptorsFactory = () => ({ inbound: [new Auditor()], outbound: [new Auditor()] });
  interface Alerts extends wf.Sinks {
    alerter: { alert(message: string, level: number): void };
  }
  const { alerter } = wf.proxySinks<Alerts>();
  expectTypeOf(alerter.alert).parameters.toEqualTypeOf<[message: string, level: number]>();
  expectTypeOf(interceptors).returns.toEqualTypeOf<wf.WorkflowInterceptors>();
});

test('options of workflows and search attributes are checked', () => {
  const colour = wf.defineSearchAttributeKey('Colour', wf.SearchAttributeType.KEYWORD);
  const calls = [
    () => wf.setWorkflowOptions({ versioningBehavior: 'PINNED', failureExceptionTypes: [TypeError] }, ship),
    () => wf.upsertSearchAttributes([{ key: colour, value: 'red' }]),
    () => wf.upsertSearchAttributes({ Colour: ['red'] }),
    // @ts-expect-error -- a keyword is text
    () => wf.upsertSearchAttributes([{ key: colour, value: 7 }]),
    () => wf.ApplicationFailure.create({ message: 'no', type: 'No', nonRetryable: true, nextRetryDelay: '1s' }),
  ];
  expectTypeOf(calls).toBeArray();
  const typeInfo: wf.PayloadTypeInfo = { inputTypes: [{}], outputType: {} };
  wf.defineWorkflowOptions(ship, {
    workflowDefinitionOptions: { versioningBehavior: 'AUTO_UPGRADE' },
    staticOptions: { typeInfo },
  });
  const info = (): wf.WorkflowInfo => wf.workflowInfo();
  expectTypeOf<ReturnType<typeof info>['startTime']>().toEqualTypeOf<Date>();
});
