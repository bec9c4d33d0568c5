/** What users without types get wrong: the error names the option, and what it must be. */
import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { Connection, type ConnectionLike } from './connection.ts';

/** Nothing is asked of it: everything here is refused before. */
const client = new Client({ connection: { workflowService: {} } as ConnectionLike });
const anything = (value: unknown): never => value as never;

test.each<[unknown, string]>([
  ['localhost', "ConnectionOptions must be an object, got 'localhost'"],
  [{ address: 5 }, 'ConnectionOptions.address must be a string, got 5'],
  [{ address: ':::' }, "Invalid address for Temporal gRPC endpoint: expected URI of the form 'hostname' or"],
  [{ apiKey: 'k', metadata: { authorization: 'x' } }, 'Both `apiKey` option and `Authorization` header were provided'],
  [{ apiKey: 'k', credentials: {} }, 'Both `apiKey` and `credentials` ConnectionOptions were provided'],
  [{ tls: true, credentials: {} }, 'Both `tls` and `credentials` ConnectionOptions were provided'],
  [{ tls: 'yes' }, "ConnectionOptions.tls must be an object, got 'yes'"],
  [{ tls: { cert: 'x' } }, 'ConnectionOptions.tls.cert is not known; there are serverNameOverride'],
  [{ tls: { clientCertPair: { crt: 'x' } } }, 'tls.clientCertPair.crt must be the bytes of a PEM file'],
  [{ metadata: { a: 5 } }, 'ConnectionOptions.metadata.a must be a string or bytes, got 5'],
  [{ adress: 'x' }, 'Connection option adress is not known: did you mean address?'],
  [{ apiKey: 5 }, 'ConnectionOptions.apiKey must be a string, or a function that gives one, got 5'],
  [{ connectTimeout: 'soon' }, 'ConnectionOptions.connectTimeout must be a number of milliseconds or text'],
])('a connection refuses %j', (options, message) => {
  expect(() => Connection.lazy(anything(options))).toThrow(message);
});

test.each<[unknown, string]>([
  ['localhost', "ClientOptions must be an object, got 'localhost'"],
  [{ connection: Promise.resolve() }, 'what Connection.connect(...) gives, got a Promise (is an await missing?)'],
  [{ namespace: 5 }, 'ClientOptions.namespace must be a string, got 5'],
  [{ nameSpace: 'x' }, 'ClientOptions.nameSpace is not known: did you mean namespace?'],
  [{ dataConverter: { payloadCodecs: {} } }, 'dataConverter.payloadCodecs must be an array, got an object'],
  [{ dataConverter: { payloadCodecs: [{}] } }, 'dataConverter.payloadCodecs[0].encode must be a function'],
])('a client refuses %j', (options, message) => {
  expect(() => new Client(anything(options))).toThrow(message);
});

test.each<[object, string]>([
  [{ args: 'abc' }, "WorkflowOptions.args must be an array, got 'abc'"],
  [{ args: [1, 5n] }, 'Unable to convert 5 to payload (value 2 of 2)'],
  [{ args: [1, function later() {}] }, 'Unable to convert function later to payload: a function cannot be sent'],
  [{ taskqueue: 'q', taskQueue: undefined }, 'WorkflowOptions.taskqueue is not known: did you mean taskQueue?'],
  [{ workflowRunTimout: '1m' }, 'WorkflowOptions.workflowRunTimout is not known: did you mean workflowRunTimeout?'],
  [{ workflowId: 5 }, 'WorkflowOptions.workflowId must be a string, got 5'],
  [{ workflowRunTimeout: 'soon' }, 'WorkflowOptions.workflowRunTimeout must be a number of milliseconds or text'],
  [{ retry: 5 }, 'WorkflowOptions.retry must be an object, got 5'],
  [{ memo: 'note' }, "WorkflowOptions.memo must be an object, got 'note'"],
  [{ versioningOverride: 'x' }, 'versioningOverride, unless it is AUTO_UPGRADE, must be an object'],
  [{ priority: { priorityKey: 1.5 } }, 'priorityKey must be an integer'],
  [{ priority: { priorityKey: -1 } }, 'priorityKey must be a positive integer'],
])('starting a workflow refuses %o', async (options, message) => {
  const started = client.workflow.start('x', anything({ taskQueue: 'q', workflowId: 'w', ...options }));
  await expect(started).rejects.toThrow(message);
});

test.each<[object, string]>([
  [{ id: '' }, 'id is required'],
  [{ taskQueue: undefined }, 'taskQueue is required'],
  [{ startToCloseTimeout: undefined }, 'Either scheduleToCloseTimeout or startToCloseTimeout is required'],
  [{ startDelay: -1 }, 'startDelay must be non-negative'],
])('starting an activity refuses %o', async (options, message) => {
  const given = { id: 'a', taskQueue: 'q', startToCloseTimeout: '1s', ...options };
  await expect(client.activity.start('x', anything(given))).rejects.toThrow(message);
});

test('starting a workflow without options is refused', async () => {
  await expect(client.workflow.start('x', anything(undefined))).rejects.toThrow('WorkflowOptions must be an object');
});

test.each([[undefined], [{}], [5]])('a signal that is %o is refused', async (definition) => {
  const handle = client.workflow.getHandle('w');
  await expect(handle.signal(anything(definition))).rejects.toThrow('Expected a signal, query or update: its name');
});

const action = { type: 'startWorkflow', workflowType: 'x', taskQueue: 'q' };

test.each<[object, string]>([
  [{ scheduleId: undefined }, 'Missing ScheduleOptions.scheduleId'],
  [{ scheduleId: '' }, 'Missing ScheduleOptions.scheduleId'],
  [{ scheduleId: 5 }, 'ScheduleOptions.scheduleId must be a string'],
  [{ polices: {} }, 'ScheduleOptions.polices is not known: did you mean policies?'],
  [{ spec: { cronExpression: ['* * * * *'] } }, 'spec.cronExpression is not known: did you mean cronExpressions?'],
  [{ action: { ...action, arg: [] } }, 'ScheduleOptions.action.arg is not known: did you mean args?'],
  [{ policies: { overlaps: 'SKIP' } }, 'ScheduleOptions.policies.overlaps is not known: did you mean overlap?'],
  [{ state: { pause: true } }, 'ScheduleOptions.state.pause is not known: did you mean paused?'],
  [{ spec: undefined }, 'ScheduleOptions.spec must be an object, got undefined'],
  [{ spec: { calendars: { hour: 5 } } }, 'ScheduleOptions.spec.calendars must be an array, got an object'],
  [{ spec: { calendars: [{ hours: 5 }] } }, 'Calendar 1 of ScheduleOptions.spec has no field hours'],
  [{ spec: { intervals: [{ every: 'x' }] } }, 'ScheduleOptions.spec.intervals[0].every must be'],
  [{ spec: { startAt: 'tomorrow' } }, "ScheduleOptions.spec.startAt must be a Date, got 'tomorrow'"],
  [{ action: { ...action, type: 'x' } }, "ScheduleOptions.action.type must be 'startWorkflow', got 'x'"],
  [
    { action: { ...action, taskQueue: undefined } },
    "Missing ScheduleOptions.action.taskQueue for 'startWorkflow' action",
  ],
  [{ policies: { catchupWindow: 'x' } }, 'ScheduleOptions.policies.catchupWindow must be'],
  [{ state: { backfill: [{ start: 'x' }] } }, 'ScheduleOptions.state.backfill[0].start must be a Date'],
])('creating a schedule refuses %j', async (options, message) => {
  const created = client.schedule.create(anything({ scheduleId: 's', spec: {}, action, ...options }));
  await expect(created).rejects.toThrow(message);
});

test.each<[unknown, string]>([
  [undefined, 'The options of createServiceClient(...) must be an object, got undefined'],
  [{ service: {} }, 'The endpoint of a service client must be its name, got undefined'],
  [
    { endpoint: 'e', service: 'billing' },
    "must be its definition, which service(...) of nexus-rpc gives, got 'billing'",
  ],
])('a Nexus client refuses %j', (options, message) => {
  expect(() => client.nexus.createServiceClient(anything(options))).toThrow(message);
});

test('lists refuse options that are misspelt', async () => {
  const options = anything({ pagesize: 5 });
  await expect(client.schedule.list(options)[Symbol.asyncIterator]().next()).rejects.toThrow('did you mean pageSize?');
  expect(() => client.nexus.list(options)).toThrow('did you mean pageSize?');
  expect(() => client.workflow.list(options)).toThrow('did you mean pageSize?');
});
