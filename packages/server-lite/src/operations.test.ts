/** What whoever operates a server sees and sets: metrics, limits, keys, logs. */
import { RpcError } from '@reprise/proto';
import { afterEach, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';
import type { ServerOptions } from './server-options.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const servers: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(options: ServerOptions): Promise<{ server: RunningServer; call: Calls }> {
  const server = await startServer(options);
  servers.push(server);
  return { server, call: callsOf(server.transport) };
}

const startWorkflow = (call: Calls, workflowId: string) =>
  call('startWorkflowExecution', { namespace, workflowId, workflowType: { name: 'any' }, taskQueue, requestId: 'r' });

async function refusal(answer: Promise<unknown>): Promise<{ code: number; details: string }> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RpcError)) throw new Error(`expected an RpcError, found ${String(error)}`);
  return { code: error.code, details: error.details };
}

describe('metrics', () => {
  test('tell of calls, of the store, of queues, of runs and of the cache', async () => {
    const { server, call } = await start({ metricsPort: 0 });
    await startWorkflow(call, 'waits');
    await startWorkflow(call, 'done');
    await call('pollWorkflowTaskQueue', { namespace, taskQueue });
    await call('terminateWorkflowExecution', { namespace, workflowExecution: { workflowId: 'done' } });
    await refusal(call('describeNamespace', { namespace: 'none' }));
    const response = await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    for (const line of [
      'service_requests{service_name="frontend",operation="StartWorkflowExecution",namespace="default"} 2',
      'service_error_with_type{service_name="frontend",operation="DescribeNamespace",namespace="",error_type="NOT_FOUND"} 1',
      'poll_success{namespace="default",taskqueue="queue",task_type="Workflow"} 1',
      'approximate_backlog_count{namespace="default",taskqueue="queue",task_type="Workflow"} 1',
      'sync_match_rate{namespace="default",taskqueue="queue",task_type="Workflow"} 0',
      'workflow_terminate{namespace="default"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toMatch(/^persistence_latency_count\{operation="Commit"\} [1-9]/m);
    expect(text).toMatch(/^cache_hit_rate\{cache_type="mutablestate"\} \d/m);
    expect((await fetch(`http://127.0.0.1:${server.metricsPort}/other`)).status).toBe(404);
  });

  test('count a poll that was there before its task', async () => {
    const { server, call } = await start({ metricsPort: 0 });
    const polled = call('pollWorkflowTaskQueue', { namespace, taskQueue });
    await startWorkflow(call, 'a');
    await polled;
    const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
    expect(text).toContain('poll_success_sync{namespace="default",taskqueue="queue",task_type="Workflow"} 1');
    expect(text).toContain('sync_match_rate{namespace="default",taskqueue="queue",task_type="Workflow"} 1');
  });
});

describe('limits', () => {
  const exhausted = 8;

  test.each([
    ['frontend.namespaceRPS', 'namespace rate limit exceeded'],
    ['frontend.rps', 'service rate limit exceeded'],
  ])('%s stops calls, and other namespaces only when it is the server that is busy', async (key, details) => {
    const { call } = await start({ dynamicConfig: { [key]: 2 }, namespaces: ['other'] });
    const ask = (of: string) => call('listTaskQueuePartitions', { namespace: of, taskQueue });
    await ask(namespace);
    await ask(namespace);
    expect(await refusal(ask(namespace))).toEqual({ code: exhausted, details });
    if (key === 'frontend.rps') expect(await refusal(ask('other'))).toEqual({ code: exhausted, details });
    else await ask('other');
    await call('getSystemInfo', {});
  });

  test('lists, and changes of namespaces, are counted apart', async () => {
    const { call } = await start({
      dynamicConfig: {
        'frontend.namespaceRPS.visibility': 1,
        'frontend.namespaceRPS.namespaceReplicationInducingAPIs': 1,
      },
    });
    const list = () => call('listWorkflowExecutions', { namespace });
    await list();
    expect(await refusal(list())).toEqual({ code: exhausted, details: 'namespace rate limit exceeded' });
    const register = (name: string) =>
      call('registerNamespace', { namespace: name, workflowExecutionRetentionPeriod: { seconds: 86_400 } });
    await register('one');
    expect(await refusal(register('two'))).toEqual({ code: exhausted, details: 'namespace rate limit exceeded' });
    await startWorkflow(call, 'a');
  });

  test('polls are counted for each task queue, and open ones for the namespace', async () => {
    const { call } = await start({ dynamicConfig: { 'matching.rps': 1, 'frontend.namespaceCount': 1 } });
    const poll = (name: string) =>
      call('pollActivityTaskQueue', { namespace, taskQueue: { name } }, { timeoutMs: 2500 });
    const open = poll('a');
    expect(await refusal(poll('a'))).toEqual({ code: exhausted, details: 'task queue rate limit exceeded' });
    expect(await refusal(poll('b'))).toEqual({
      code: exhausted,
      details: 'namespace concurrent poller limit exceeded',
    });
    await open;
  });

  test('that nobody has set do not exist', async () => {
    const { call } = await start({});
    const answers = Array.from({ length: 300 }, () => call('countWorkflowExecutions', { namespace }));
    expect(await Promise.all(answers)).toHaveLength(300);
  });

  test('with a value of the wrong kind are refused at the start', async () => {
    await expect(startServer({ dynamicConfig: { 'limit.maxIDLength': 'long' } })).rejects.toThrow(
      /limit\.maxIDLength: expected a number, found "long"/,
    );
  });
});

describe('keys', () => {
  const unauthenticated = 16;

  test('keep out calls without one, and let in those with any of them', async () => {
    const { call } = await start({ apiKeys: ['first', 'second'] });
    const ask = (headers: Record<string, string>) => call('listNamespaces', {}, { headers });
    expect((await refusal(ask({}))).code).toBe(unauthenticated);
    expect((await refusal(ask({ authorization: 'Bearer third' }))).code).toBe(unauthenticated);
    expect((await refusal(ask({ authorization: 'second' }))).code).toBe(unauthenticated);
    await ask({ authorization: 'Bearer second' });
  });
});

describe('the log', () => {
  test('has one JSON object a line, and names keys that mean nothing', async () => {
    const lines: string[] = [];
    const asksForWhatIs = { 'frontend.enableExecuteMultiOperation': true };
    const misspelt = { 'no.such.key': 1, 'frontend.namespaceRPSS': 5 };
    await start({ dynamicConfig: { ...misspelt, ...asksForWhatIs }, writeLog: (line) => void lines.push(line) });
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'warn', message: 'a dynamic config key has no meaning here', key: 'no.such.key' },
      { key: 'frontend.namespaceRPSS', didYouMean: 'frontend.namespaceRPS' },
    ]);
  });

  test('warns of histories that get long, and of large changes', async () => {
    const lines: string[] = [];
    const { call } = await start({
      dynamicConfig: { 'limit.historyCount.warn': 3, 'limit.blobSize.warn': 1000 },
      writeLog: (line) => void lines.push(line),
    });
    await startWorkflow(call, 'a');
    for (const data of ['small', 'x'.repeat(2000)]) {
      const input = { payloads: [{ data: Buffer.from(data) }] };
      await call('signalWorkflowExecution', {
        namespace,
        workflowExecution: { workflowId: 'a' },
        signalName: 's',
        input,
      });
    }
    const messages = lines.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toEqual(['events of one change are large', 'a history gets long']);
  });
});
