import type { Workflow, WorkflowResultType } from '@reprise/common';
import { TestWorkflowEnvironment } from '@reprise/testing';
import { Worker, type NexusInterceptorsFactory } from '@reprise/worker';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service } from './handlers.ts';
import * as workflows from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
const taskQueue = 'shop';

describe('Nexus operations', () => {
  let env: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;
  const intercepted: string[] = [];
  const interceptor: NexusInterceptorsFactory = () => ({
    inbound: {
      async startOperation(input, next) {
        intercepted.push(`start ${input.ctx.operation}`);
        return await next(input);
      },
      async cancelOperation(input, next) {
        intercepted.push(`cancel ${input.ctx.operation}`);
        await next(input);
      },
    },
    outbound: { getLogAttributes: (input, next) => next({ ...input, extra: true }) },
  });

  beforeAll(async () => {
    env = await TestWorkflowEnvironment.createLocal();
    await env.createNexusEndpoint('shop-endpoint', taskQueue);
    worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowsPath,
      activities: { shout: async (text: string) => text.toUpperCase() },
      nexusServices: [service],
      interceptors: { nexus: [interceptor] },
    });
    running = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await env.teardown();
  });

  const run = <T extends Workflow>(workflow: T, ...args: Parameters<T>): Promise<WorkflowResultType<T>> =>
    env.client.workflow.execute<Workflow>(workflow, {
      taskQueue,
      workflowId: `${workflow.name}-${args.map((arg) => JSON.stringify(arg)).join('-')}`,
      args,
    });

  it('answer at once', async () => {
    expect(await run(workflows.priceOf, { id: 'a', cents: 21 })).toBe(42);
    expect(intercepted).toContain('start price');
  });

  it('are done by workflows, which know who asked', async () => {
    const [operation, token, result] = await run(workflows.packTwice, { id: 'b', cents: 1 });
    expect(operation).toBe('packOrder');
    expect(JSON.parse(Buffer.from(token ?? '', 'base64url').toString())).toEqual({
      t: 1,
      ns: 'default',
      wid: 'pack-b',
    });
    expect(result).toBe('packed b in shop');
    const history = await env.client.workflow.getHandle('pack-b').fetchHistory();
    // Whoever is called back is known by its callback; the event does not repeat it.
    const [callback] = history.events?.[0]?.workflowExecutionStartedEventAttributes?.completionCallbacks ?? [];
    const caller = callback?.links?.[0]?.workflowEvent;
    expect(caller?.workflowId).toContain('packTwice');
    const callerHistory = await env.client.workflow.getHandle(caller?.workflowId ?? '').fetchHistory();
    const started = callerHistory.events?.find((event) => event.nexusOperationStartedEventAttributes);
    expect(started?.links?.[0]?.workflowEvent?.workflowId).toBe('pack-b');
    await Worker.runReplayHistory({ workflowsPath }, callerHistory);
  });

  it('are cancelled with the workflow that does them', async () => {
    expect(await run(workflows.cancels, 'to-cancel')).toBe('cancelled operation');
    expect((await env.client.workflow.getHandle('to-cancel').describe()).status.name).toBe('CANCELLED');
    expect(intercepted).toContain('cancel waitForever');
  });

  it.each([
    ['sync', 'at once'],
    ['workflow', 'packed delegated in shop'],
  ] as const)('are delegated to a %s', async (to, result) => {
    expect(await run(workflows.delegates, to)).toBe(result);
  });

  it.each([
    ['operation', 'ApplicationFailure', 'OperationError', 'not today'],
    ['cancelled', 'CancelledFailure', undefined, 'never mind'],
    ['handler', 'HandlerError', 'BAD_REQUEST', 'what is that?'],
    ['application', 'HandlerError', 'INTERNAL', 'Handler failed with non-retryable application error'],
    ['missing', 'HandlerError', 'NOT_FOUND', expect.anything()],
  ])('that fail say why: %s', async (how, name, type, message) => {
    const [, ...cause] = await run(workflows.failure, how);
    expect(cause).toEqual([name, type ?? null, message]);
  });

  it.each(['update', 'activity'] as const)('do not hear of the end of an %s from this server', async (to) => {
    const failed = await run(workflows.delegates, to).catch((error: unknown) => error);
    expect(messagesOf(failed)).toContain('operation timed out');
  });

  it('show their handlers where they are and who asks', async () => {
    expect(await run(workflows.looks)).toEqual({
      info: { namespace: 'default', taskQueue, endpoint: 'shop-endpoint' },
      service: 'shop',
      operation: 'look',
      tenant: 'acme',
      hasDeadline: true,
      links: ['temporal.api.common.v1.Link.WorkflowEvent'],
      pokes: ['look', 'again'],
    });
  });

  it('convert their input and result as their definition says', async () => {
    expect(await run(workflows.tomorrow)).toBe(true);
  });

  it('refuse a worker with two services of one name', async () => {
    const options = { connection: env.nativeConnection, taskQueue: 'other', nexusServices: [service, service] };
    await expect(Worker.create(options)).rejects.toThrow("Duplicate registration of nexus service 'shop'");
    await expect(Worker.create({ ...options, nexusServices: [{} as never] })).rejects.toThrow('serviceHandler');
  });
});

function messagesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messagesOf(error.cause)] : [];
}
