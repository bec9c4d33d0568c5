import { encodeUtf8, defaultPayloadConverter } from '@reprise/common';
import { NexusOperationWaitStage, RpcError } from '@reprise/proto';
import { operation, service } from 'nexus-rpc';
import { expect, expectTypeOf, test } from 'vitest';
import { status } from '../call/status.ts';
import type { ConnectionLike } from '../connection.ts';
import {
  NexusOperationAlreadyStartedError,
  NexusOperationFailureError,
  NexusOperationNotFoundError,
} from '../errors.ts';
import { NexusClient, type NexusClientOptions } from './nexus-client.ts';
import type { NexusClientInterceptor } from './nexus-interceptor.ts';
import type { NexusOperationHandle } from './nexus-options.ts';

const billing = service('billing', {
  charge: operation<number, string>({ name: 'charge-card' }),
  when: operation<Date, Date>({ name: 'when' }),
});
const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);

type Answer = (request: Record<string, unknown>) => unknown;

/** A client whose server gives these answers, and what was asked of it. */
function clientOf(answers: Record<string, Answer>, options: NexusClientOptions = {}) {
  const asked: [string, Record<string, unknown>][] = [];
  const workflowService = new Proxy(
    {},
    {
      get: (_target, name: string) => async (request: Record<string, unknown>) => {
        asked.push([name, request]);
        return answers[name]?.(request) ?? {};
      },
    },
  );
  const connection = { workflowService } as ConnectionLike;
  return { asked, client: new NexusClient({ connection, identity: 'me', ...options }) };
}

const closed = NexusOperationWaitStage.NEXUS_OPERATION_WAIT_STAGE_CLOSED;

test('operations are named by their keys or definitions, and have the types of the service', async () => {
  const { asked, client } = clientOf({
    startNexusOperationExecution: () => ({ runId: 'r1' }),
    pollNexusOperationExecution: () => ({ result: payload('paid'), waitStage: closed }),
  });
  const calls = client.createServiceClient({ endpoint: 'e', service: billing });
  expect([calls.endpoint, calls.service]).toEqual(['e', billing]);
  const handle = await calls.startOperation('charge', 5, { id: 'op', scheduleToCloseTimeout: '2s', summary: 'pay' });
  expectTypeOf(handle).toEqualTypeOf<NexusOperationHandle<string>>();
  expect([handle.operationId, handle.runId, handle.client]).toEqual(['op', 'r1', client]);
  expect(await handle.result()).toBe('paid');
  expect(await calls.executeOperation(billing.operations.charge, 5, { id: 'op' })).toBe('paid');
  const [start, poll] = asked;
  expect(start).toMatchObject([
    'startNexusOperationExecution',
    { endpoint: 'e', service: 'billing', operation: 'charge-card', operationId: 'op', input: payload(5) },
  ]);
  expect(start?.[1]).toMatchObject({
    scheduleToCloseTimeout: { seconds: 2 },
    userMetadata: { summary: payload('pay') },
  });
  expect(poll?.[1]).toMatchObject({ operationId: 'op', runId: 'r1', waitStage: closed });
  // @ts-expect-error -- the input is a number
  const wrong = () => calls.startOperation('charge', 'five', { id: 'op' });
  expect(wrong).toBeTypeOf('function');
});

test('an operation that the service does not define is refused', async () => {
  const { client } = clientOf({});
  const calls = client.createServiceClient({ endpoint: 'e', service: billing });
  await expect(calls.startOperation('refund' as 'charge', 5, { id: 'op' })).rejects.toThrow(
    'The Nexus service billing has no operation refund; it has: charge, when',
  );
});

test('interceptors stand around every call', async () => {
  const seen: string[] = [];
  const interceptor: NexusClientInterceptor = {
    startOperation: async (input, next) => {
      seen.push(`start ${input.operation} ${String(input.arg)}`);
      return await next({ ...input, arg: 6, headers: { trace: 't' } });
    },
    getResult: async (input, next) => `${String(await next(input))}!`,
    describe: async (input, next) => ({ ...(await next(input)), identity: 'hidden' }),
    cancel: async (input, next) => await next({ ...input, reason: 'because' }),
    terminate: async (input, next) => await next({ ...input, reason: 'enough' }),
    list: (input, next) => next({ ...input, query: 'Service = "billing"' }),
    count: async (input, next) => ({ ...(await next(input)), count: 7 }),
  };
  const { asked, client } = clientOf(
    {
      startNexusOperationExecution: () => ({ runId: 'r' }),
      pollNexusOperationExecution: () => ({ result: payload('paid') }),
    },
    { interceptors: [interceptor] },
  );
  const calls = client.createServiceClient({ endpoint: 'e', service: billing });
  const handle = await calls.startOperation('charge', 5, { id: 'op' });
  expect(await handle.result()).toBe('paid!');
  expect((await handle.describe()).identity).toBe('hidden');
  await handle.cancel();
  await handle.terminate();
  for await (const none of client.list()) expect(none).toBeUndefined();
  expect(await client.count()).toEqual({ count: 7, groups: [] });
  expect(seen).toEqual(['start charge-card 5']);
  expect(
    asked.map(([name, request]) => [name, request['reason'] ?? request['query'] ?? request['nexusHeader']]),
  ).toEqual([
    ['startNexusOperationExecution', { trace: 't' }],
    ['pollNexusOperationExecution', undefined],
    ['describeNexusOperationExecution', undefined],
    ['requestCancelNexusOperationExecution', 'because'],
    ['terminateNexusOperationExecution', 'enough'],
    ['listNexusOperationExecutions', 'Service = "billing"'],
    ['countNexusOperationExecutions', undefined],
  ]);
});

test('a description has everything that the server tells', async () => {
  const at = { seconds: 60, nanos: 0 };
  const failure = { message: 'no', applicationFailureInfo: {} };
  const { client } = clientOf({
    describeNexusOperationExecution: () => ({
      info: {
        operationId: 'op',
        runId: 'r',
        status: 1,
        state: 2,
        attempt: 3,
        scheduleTime: at,
        scheduleToCloseTimeout: at,
        lastAttemptFailure: failure,
        nextAttemptScheduleTime: at,
        requestId: 'request',
        stateTransitionCount: 4,
        userMetadata: { summary: payload('pay') },
        cancellationInfo: { requestedTime: at, state: 2, attempt: 1, reason: 'because' },
        searchAttributes: { indexedFields: { Colour: colour('red') } },
      },
    }),
  });
  const description = await client.getHandle('op', { runId: 'r' }).describe();
  expect(description).toMatchObject({
    operationId: 'op',
    runId: 'r',
    status: 'RUNNING',
    state: 'BACKING_OFF',
    attempt: 3,
    scheduleTime: new Date(60_000),
    closeTime: undefined,
    scheduleToCloseTimeout: 60_000,
    lastAttemptFailure: { message: 'no' },
    nextAttemptScheduleTime: new Date(60_000),
    requestId: 'request',
    operationToken: undefined,
    stateTransitionCount: 4,
    cancellationInfo: { requestedTime: new Date(60_000), state: 'BACKING_OFF', attempt: 1, reason: 'because' },
  });
  expect(await description.staticSummary()).toBe('pay');
  expect(await description.staticDetails()).toBeUndefined();
  expect(description.searchAttributes.getAll()).toMatchObject([{ value: 'red' }]);
});

function colour(value: string) {
  const metadata = { encoding: encodeUtf8('json/plain'), type: encodeUtf8('Keyword') };
  return { metadata, data: encodeUtf8(JSON.stringify(value)) };
}

test('what the server refuses has a class of its own', async () => {
  const { client } = clientOf({
    startNexusOperationExecution: () => {
      throw new RpcError({ code: status.ALREADY_EXISTS, details: 'taken' });
    },
    describeNexusOperationExecution: () => {
      throw new RpcError({ code: status.NOT_FOUND, details: 'gone' });
    },
    pollNexusOperationExecution: () => ({ failure: { message: 'refused', applicationFailureInfo: {} } }),
  });
  const calls = client.createServiceClient({ endpoint: 'e', service: billing });
  await expect(calls.startOperation('charge', 5, { id: 'op' })).rejects.toThrow(NexusOperationAlreadyStartedError);
  const handle = client.getHandle<typeof billing.operations.charge>('op');
  expectTypeOf(handle).toEqualTypeOf<NexusOperationHandle<string>>();
  await expect(handle.describe()).rejects.toThrow(NexusOperationNotFoundError);
  await expect(handle.result()).rejects.toMatchObject({ cause: { message: 'refused' } });
  await expect(handle.result()).rejects.toThrow(NexusOperationFailureError);
});
