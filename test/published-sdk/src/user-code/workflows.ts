/** Workflow code as users of the published SDK write it. Checked by the compiler only, under both scopes. */
import * as wf from '@temporalio/workflow';
import {
  ActivityCancellationType,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  Trigger,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  isCancellation,
  log,
  makeContinueAsNewFunc,
  patched,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  setHandler,
  sleep,
  startChild,
  uuid4,
  workflowInfo,
  type ActivityInterfaceFor,
  type ActivityOptions,
  type ChildWorkflowHandle,
  type ExternalWorkflowHandle,
  type Next,
  type Sinks,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
  type WorkflowInterceptorsFactory,
  type WorkflowInternalsInterceptor,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import {
  HandlerUnfinishedPolicy,
  SearchAttributeType,
  defineSearchAttributeKey,
  type Duration,
  type Headers,
  type RetryPolicy,
  type SearchAttributePair,
} from '@temporalio/common';
import type * as activities from './activities.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <T extends true>(): T => true as T;

export interface Order {
  id: string;
  items: { sku: string; quantity: number }[];
}
type Status = 'open' | 'paid' | 'shipped';

export const pay = defineSignal<[amount: number, currency?: string]>('pay');
export const cancel = defineSignal('cancel');
export const getStatus = defineQuery<Status>('getStatus');
export const getItem = defineQuery<Order['items'][number] | undefined, [sku: string]>('getItem');
export const addItem = defineUpdate<number, [Order['items'][number]]>('addItem');
export const close = defineUpdate<void>('close');

const retry: RetryPolicy = { initialInterval: '1s', maximumAttempts: 3, nonRetryableErrorTypes: ['CardDeclined'] };
const minute: Duration = '1 minute';
const options: ActivityOptions = {
  startToCloseTimeout: minute,
  retry,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
};

const { charge, ship, ping } = proxyActivities<typeof activities>(options);
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '5s', localRetryThreshold: '1m' });
const inherited = proxyActivities<activities.Mailer>({ scheduleToCloseTimeout: 5000 });
const untyped = proxyActivities({ startToCloseTimeout: '1 minute' });
const byType: ActivityInterfaceFor<typeof activities> = proxyActivities<typeof activities>(options);

export async function order(input: Order, discount?: number): Promise<{ receipt: string; status: Status }> {
  let status: Status = 'open';
  setHandler(pay, (amount, currency) => {
    same<Equal<typeof amount, number>>();
    same<Equal<typeof currency, string | undefined>>();
    status = 'paid';
  });
  setHandler(cancel, async () => await sleep(10));
  setHandler(getStatus, () => status);
  setHandler(getItem, (sku) => input.items.find((item) => item.sku === sku), { description: 'one item' });
  setHandler(addItem, async (item) => input.items.push(item), {
    validator: (item) => {
      if (item.quantity < 1) throw new Error('none');
    },
    unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON,
  });
  setHandler(close, () => undefined);
  // @ts-expect-error the handler takes a number
  setHandler(pay, (amount: string) => void amount);
  // @ts-expect-error the query answers with a status
  setHandler(getStatus, () => 'lost');
  wf.setDefaultSignalHandler((name: string, ...args: unknown[]) => log.info(name, { args }));

  const receipt = await charge(input.id, 100 - (discount ?? 0));
  same<Equal<typeof receipt, string>>();
  await ping();
  const sum = await local.charge.executeWithOptions({ startToCloseTimeout: '2s' }, [input.id, 1]);
  same<Equal<typeof sum, string>>();
  await byType.ship(input);
  await inherited.mail('a', { subject: 's' });
  const loose = await untyped['whatever']?.(1, 'two');
  void loose;
  // @ts-expect-error the second argument is a number
  await charge(input.id, 'much');
  // @ts-expect-error not a function
  await byType.limit();

  try {
    await CancellationScope.cancellable(async () => await ship(input));
    await CancellationScope.withTimeout('10s', () => condition(() => status === 'paid'));
    await CancellationScope.nonCancellable(() => Promise.all([ping(), sleep('1 day', { summary: 'wait' })]));
  } catch (error) {
    if (isCancellation(error))
      throw ApplicationFailure.create({ message: 'stopped', type: 'Stopped', cause: error as Error });
    if (error instanceof wf.ActivityFailure && error.cause instanceof ApplicationFailure) {
      const details: unknown = error.cause.details;
      log.warn('failed', { type: error.activityType, details, category: error.cause.category });
    }
    throw error;
  }
  const inTime = await condition(() => status === 'shipped', '30 days');
  same<Equal<typeof inTime, boolean>>();
  const trigger = new Trigger<number>();
  trigger.resolve(1);
  const triggered = await trigger;
  same<Equal<typeof triggered, number>>();
  return { receipt, status };
}

export async function parent(input: Order): Promise<void> {
  const result = await executeChild(order, {
    args: [input],
    workflowId: `order-${uuid4()}`,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    cancellationType: ChildWorkflowCancellationType.TRY_CANCEL,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    typedSearchAttributes: [{ key: colour, value: 'red' }],
    retry,
  });
  same<Equal<typeof result, { receipt: string; status: Status }>>();
  const handle: ChildWorkflowHandle<typeof order> = await startChild(order, { args: [input, 5] });
  await handle.signal(pay, 3);
  await handle.signal('pay', 3, 'EUR');
  const named = await executeChild<typeof order>('order', { args: [input] });
  same<Equal<typeof named.status, Status>>();
  await startChild(tick);
  // @ts-expect-error an order is needed
  await executeChild(order, { args: [] });
  // @ts-expect-error arguments are needed
  await executeChild(order);
  const external: ExternalWorkflowHandle = wf.getExternalWorkflowHandle('other', 'run');
  await external.signal(pay, 7, 'USD');
  await external.cancel();
  // @ts-expect-error the amount is missing
  await external.signal(pay);
}

const colour = defineSearchAttributeKey('Colour', SearchAttributeType.KEYWORD);
const when = defineSearchAttributeKey('When', 'DATETIME');
const tags = defineSearchAttributeKey('Tags', 'KEYWORD_LIST');

export async function tick(): Promise<number> {
  const info = workflowInfo();
  const date: Date = info.startTime;
  const red: string | undefined = info.typedSearchAttributes.get(colour);
  const at: Date | undefined = info.typedSearchAttributes.get(when);
  const several: string[] | undefined = info.typedSearchAttributes.get(tags);
  void [
    date,
    red,
    at,
    several,
    info.parent?.workflowId,
    info.unsafe.isReplaying,
    info.memo,
    info.retryPolicy?.maximumAttempts,
  ];
  wf.upsertSearchAttributes([
    { key: colour, value: 'blue' },
    { key: when, value: null },
  ]);
  wf.upsertSearchAttributes({ Colour: ['red'] });
  // @ts-expect-error a keyword is text
  wf.upsertSearchAttributes([{ key: colour, value: 3 }]);
  wf.upsertMemo({ note: 'x', gone: null });
  if (patched('v2')) wf.deprecatePatch('v1');
  if (info.continueAsNewSuggested) await continueAsNew<typeof tick>();
  await makeContinueAsNewFunc<typeof order>({ workflowType: 'order', taskQueue: 'other', memo: {} })({
    id: '1',
    items: [],
  });
  // @ts-expect-error an order is needed
  await continueAsNew<typeof order>('1');
  const stream = wf.getRandomStream('mine');
  stream.fill(new Uint8Array(4));
  return stream.random() + wf.workflowRandom.random();
}
wf.setWorkflowOptions({ versioningBehavior: 'PINNED', failureExceptionTypes: [RangeError] }, tick);
wf.setWorkflowOptions(() => ({ versioningBehavior: 'AUTO_UPGRADE' }), order);
wf.defineWorkflowOptions(order, { workflowDefinitionOptions: { versioningBehavior: 'PINNED' }, staticOptions: {} });

export interface AuditSinks extends Sinks {
  audit: { write(level: number, text: string): void };
}
const { audit } = proxySinks<AuditSinks>();
audit.write(1, 'two');
// @ts-expect-error the level is a number
audit.write('one', 'two');

class Tracing
  implements WorkflowInboundCallsInterceptor, WorkflowOutboundCallsInterceptor, WorkflowInternalsInterceptor
{
  headers: Headers = {};
  async execute(input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    this.headers = input.headers;
    return await next({ ...input, args: [...input.args] });
  }
  async handleSignal(
    input: wf.SignalInput,
    next: Next<WorkflowInboundCallsInterceptor, 'handleSignal'>,
  ): Promise<void> {
    await next(input);
  }
  async scheduleActivity(
    input: wf.ActivityInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'scheduleActivity'>,
  ): Promise<unknown> {
    return await next({ ...input, headers: this.headers, options: { ...input.options, summary: input.activityType } });
  }
  async startTimer(input: wf.TimerInput, next: Next<WorkflowOutboundCallsInterceptor, 'startTimer'>): Promise<void> {
    await next({ ...input, durationMs: input.durationMs + 1 });
  }
  async startChildWorkflowExecution(
    input: wf.StartChildWorkflowExecutionInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'startChildWorkflowExecution'>,
  ): Promise<[Promise<string>, Promise<unknown>]> {
    return await next({ ...input, headers: this.headers });
  }
  async signalWorkflow(
    input: wf.SignalWorkflowInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'signalWorkflow'>,
  ): Promise<void> {
    await next(input.target.type === 'child' ? input : { ...input, headers: this.headers });
  }
  async continueAsNew(
    input: wf.ContinueAsNewInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'continueAsNew'>,
  ): Promise<never> {
    return await next({ ...input, headers: this.headers });
  }
  getLogAttributes(input: Record<string, unknown>): Record<string, unknown> {
    return { ...input, traced: true };
  }
  dispose(input: wf.DisposeInput, next: Next<WorkflowInternalsInterceptor, 'dispose'>): void {
    next(input);
  }
}
export const interceptors: WorkflowInterceptorsFactory = () => {
  const one = new Tracing();
  return { inbound: [one], outbound: [one], internals: [one] };
};

export const pairs: SearchAttributePair[] = [
  { key: colour, value: 'red' },
  { key: tags, value: ['a'] },
];
export const cancellation: ActivityCancellationType = ActivityCancellationType.ABANDON;
