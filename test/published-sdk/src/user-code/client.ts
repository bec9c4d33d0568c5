/** Client code as users of the published SDK write it. */
import {
  Client,
  Connection,
  ScheduleOverlapPolicy,
  WithStartWorkflowOperation,
  WorkflowClient,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  isGrpcServiceError,
  type ClientInterceptors,
  type ClientPlugin,
  type ConnectionOptions,
  type Next,
  type ScheduleHandle,
  type WorkflowClientInterceptor,
  type WorkflowExecutionInfo,
  type WorkflowHandle,
  type WorkflowHandleWithFirstExecutionRunId,
  type WorkflowStartInput,
} from '@temporalio/client';
import {
  CompositePayloadConverter,
  JsonPayloadConverter,
  METADATA_ENCODING_KEY,
  defineSearchAttributeKey,
  type DataConverter,
  type EncodingType,
  type Payload,
  type PayloadCodec,
  type PayloadConverter,
  type PayloadConverterWithEncoding,
} from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { msToNumber } from '@temporalio/common/lib/time';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { addItem, close, getItem, getStatus, order, pay, tick } from './workflows.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <T extends true>(): T => true as T;

class Codec implements PayloadCodec {
  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => ({ ...payload, metadata: { ...payload.metadata, by: encode('me') } }));
  }
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.filter(
      ({ metadata }) => metadata?.[METADATA_ENCODING_KEY] && decode(metadata[METADATA_ENCODING_KEY]),
    );
  }
}
class DateConverter implements PayloadConverterWithEncoding {
  readonly encodingType = 'json/date' as EncodingType;
  toPayload(value: unknown): Payload | undefined {
    if (!(value instanceof Date)) return undefined;
    return { metadata: { [METADATA_ENCODING_KEY]: encode(this.encodingType) }, data: encode(value.toISOString()) };
  }
  fromPayload<T>(payload: Payload): T {
    return new Date(decode(payload.data ?? new Uint8Array())) as T;
  }
}
export const payloadConverter: PayloadConverter = new CompositePayloadConverter(
  new DateConverter(),
  new JsonPayloadConverter(),
);
const dataConverter: DataConverter = { payloadConverterPath: './converter.js', payloadCodecs: [new Codec()] };

class Interceptor implements WorkflowClientInterceptor {
  async start(input: WorkflowStartInput, next: Next<WorkflowClientInterceptor, 'start'>): Promise<string> {
    const { workflowType, headers, options } = input;
    return await next({
      ...input,
      headers: { ...headers, trace: payloadConverter.toPayload(workflowType) as Payload },
      options,
    });
  }
}
const interceptors: ClientInterceptors = {
  workflow: [new Interceptor()],
  schedule: [{ create: (input, next) => next(input) }],
};
const plugin: ClientPlugin = { name: 'mine', configureClient: (options) => options };

export async function run(): Promise<void> {
  const options: ConnectionOptions = {
    address: 'localhost:7233',
    tls: { clientCertPair: { crt: Buffer.from(''), key: Buffer.from('') } },
    apiKey: () => 'key',
  };
  const connection = await Connection.connect(options);
  const client = new Client({ connection, namespace: 'default', dataConverter, interceptors, plugins: [plugin] });
  const { connectionOptions, namespace } = loadClientConnectConfig();
  void [connectionOptions.address, namespace, msToNumber('1s')];

  const handle = await client.workflow.start(order, {
    taskQueue: 'q',
    workflowId: 'order-1',
    args: [{ id: '1', items: [] }],
    memo: { a: 1 },
    retry: { maximumAttempts: 1 },
    workflowExecutionTimeout: '1 day',
    searchAttributes: { Colour: ['red'] },
    typedSearchAttributes: [{ key: defineSearchAttributeKey('Size', 'INT'), value: 3 }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    priority: { priorityKey: 1, fairnessKey: 'x', fairnessWeight: 2 },
    versioningOverride: 'AUTO_UPGRADE',
  });
  const typed: WorkflowHandleWithFirstExecutionRunId<typeof order> = handle;
  const eager: boolean = handle.eagerlyStarted;
  void [typed.firstExecutionRunId, eager];
  const result = await handle.result();
  same<Equal<typeof result.receipt, string>>();
  const status = await handle.query(getStatus);
  same<Equal<typeof status, 'open' | 'paid' | 'shipped'>>();
  const item = await handle.query(getItem, 'sku');
  same<Equal<typeof item, { sku: string; quantity: number } | undefined>>();
  await handle.signal(pay, 1);
  const count = await handle.executeUpdate(addItem, { args: [{ sku: 'a', quantity: 1 }] });
  same<Equal<typeof count, number>>();
  await handle.executeUpdate(close);
  const update = await handle.startUpdate(addItem, {
    args: [{ sku: 'a', quantity: 1 }],
    waitForStage: 'ACCEPTED',
    updateId: 'u',
  });
  const updated: number = await update.result();
  void updated;
  // @ts-expect-error the item is missing
  await handle.executeUpdate(addItem);
  // @ts-expect-error the amount is a number
  await handle.signal(pay, 'one');
  // @ts-expect-error the sku is missing
  await handle.query(getItem);
  // @ts-expect-error the arguments are missing
  await client.workflow.start(order, { taskQueue: 'q', workflowId: 'x' });
  // @ts-expect-error an order is needed
  await client.workflow.execute(order, { taskQueue: 'q', workflowId: 'x', args: ['1'] });
  // @ts-expect-error a task queue is needed
  await client.workflow.start(tick, { workflowId: 'x' });
  const ticks: number = await client.workflow.execute(tick, { taskQueue: 'q', workflowId: 'tick' });
  const byName = await client.workflow.execute<typeof order>('order', {
    taskQueue: 'q',
    workflowId: 'x',
    args: [{ id: '', items: [] }, ticks],
  });
  same<Equal<typeof byName.receipt, string>>();

  const signalled = await client.workflow.signalWithStart(order, {
    taskQueue: 'q',
    workflowId: 'x',
    args: [{ id: '', items: [] }],
    signal: pay,
    signalArgs: [1, 'EUR'],
  });
  void signalled.signaledRunId;
  const start = new WithStartWorkflowOperation(order, {
    taskQueue: 'q',
    workflowId: 'x',
    args: [{ id: '', items: [] }],
    workflowIdConflictPolicy: 'FAIL',
  });
  const total: number = await client.workflow.executeUpdateWithStart(addItem, {
    startWorkflowOperation: start,
    args: [{ sku: '', quantity: 1 }],
  });
  void [total, await start.workflowHandle()];

  const got: WorkflowHandle<typeof order> = client.workflow.getHandle<typeof order>('order-1', undefined, {
    followRuns: false,
  });
  const description = await got.describe();
  void [
    description.status.name === 'COMPLETED',
    description.type,
    description.typedSearchAttributes.getAll(),
    description.raw,
  ];
  console.log(historyToJSON(await got.fetchHistory()));
  for await (const info of client.workflow.list({ query: "WorkflowType = 'order'" })) {
    const one: WorkflowExecutionInfo = info;
    void one.workflowId;
  }
  for await (const { workflowId, history } of client.workflow.list().intoHistories({ concurrency: 2 }))
    void [workflowId, history];
  await connection.withDeadline(Date.now() + 1000, () => client.workflow.count("WorkflowType = 'x'"));
  await client.withMetadata({ a: 'b' }, () => got.cancel());
  await client.workflowService.getSystemInfo({});

  const schedule: ScheduleHandle = await client.schedule.create({
    scheduleId: 's',
    spec: {
      calendars: [{ hour: { start: 9, end: 17 }, dayOfWeek: ['MONDAY', { start: 'WEDNESDAY', end: 'FRIDAY' }] }],
      intervals: [{ every: '1h', offset: '5m' }],
      timezone: 'UTC',
      jitter: '1s',
    },
    action: {
      type: 'startWorkflow',
      workflowType: order,
      args: [{ id: '', items: [] }],
      taskQueue: 'q',
      workflowId: 'w',
    },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '1 day' },
    state: { paused: true, note: 'n' },
  });
  await schedule.update((previous) => ({ ...previous, spec: { ...previous.spec, intervals: [{ every: 1000 }] } }));
  await schedule.backfill({ start: new Date(0), end: new Date(), overlap: 'ALLOW_ALL' });
  const { info, action } = await schedule.describe();
  void [info.nextActionTimes[0]?.getTime(), action.type, info.recentActions[0]?.action.workflow.workflowId];
  await client.schedule.create({
    scheduleId: 's',
    // @ts-expect-error no such month
    spec: { calendars: [{ month: 'SMARCH' }] },
    action: { type: 'startWorkflow', workflowType: tick, taskQueue: 'q' },
  });

  try {
    await new WorkflowClient({ connection }).getHandle('x').result();
  } catch (error) {
    if (error instanceof WorkflowFailedError) void [error.cause, error.retryState];
    if (error instanceof WorkflowUpdateFailedError) void error.cause;
    if (error instanceof WorkflowNotFoundError) void [error.workflowId, error.runId];
    if (error instanceof WorkflowExecutionAlreadyStartedError) void error.workflowType;
    if (isGrpcServiceError(error)) void [error.code, error.details];
  }
  await client.activity.complete(new Uint8Array(), 'done');
  await client.activity.heartbeat({ workflowId: 'x', activityId: '1' }, { at: 1 });
  await connection.close();
}
