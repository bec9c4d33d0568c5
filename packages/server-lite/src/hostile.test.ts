/** Requests that mean no good: an answer or an error each, never a crash, and nothing of anybody else. */
import { RpcError } from '@reprise/proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const invalidArgument = 3;
const unknown = 2;
const notFound = 5;
const internal = 13;
const megabyte = 1024 * 1024;

let server: RunningServer;
let call: Calls;
beforeAll(async () => {
  server = await startServer({ namespaces: ['theirs'] });
  call = callsOf(server.transport);
});
afterAll(() => server.stop());

async function codeOf(answer: Promise<unknown>): Promise<number> {
  return await answer.then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof RpcError)) throw error;
      return error.code;
    },
  );
}

const startWorkflow = (workflowId: string, of = namespace) =>
  call('startWorkflowExecution', {
    namespace: of,
    workflowId,
    workflowType: { name: 'any' },
    taskQueue,
    requestId: workflowId,
  });

describe('filters', () => {
  const many = (part: string, bytes: number): string => part.repeat(Math.ceil(bytes / part.length));

  test.each([
    ['brackets without end', many('(', megabyte)],
    ['brackets within brackets', `${'('.repeat(50_000)}WorkflowId = 'a'${')'.repeat(50_000)}`],
    ['not not not', `${many('NOT ', megabyte)}WorkflowId = 'a'`],
    ['a text without end', `WorkflowId = '${many('a', megabyte)}`],
    ['a name of a megabyte', `${many('a', megabyte)} = 'a'`],
    ['nothing but quotes', many("'", megabyte)],
    ['nothing but backslashes', `WorkflowId = '${many('\\', megabyte)}`],
    ['signs', `HistoryLength = ${many('-', megabyte)}1`],
    ['calls within calls', `${many('f(', megabyte)}`],
    ['another statement', "WorkflowId = 'a'; DROP TABLE runs"],
    ['another statement in a name', "`WorkflowId` = 'a' OR `x` = 'a'"],
    ['bytes that are no text', 'WorkflowId = \0'],
  ])('%s: refused', async (_name, query) => {
    expect(await codeOf(call('listWorkflowExecutions', { namespace, query }))).toBe(invalidArgument);
    expect(await codeOf(call('countWorkflowExecutions', { namespace, query }))).toBe(invalidArgument);
  });

  test.each([
    ['a number of a megabyte', `HistoryLength = ${many('9', megabyte)}`],
    ['a chain of a megabyte', `${many("WorkflowId = 'a' OR ", megabyte)}WorkflowId = 'a'`],
    ['a list of a megabyte', `WorkflowId IN (${many("'a',", megabyte)}'a')`],
    ['a text of a megabyte', `WorkflowId = '${many('a', megabyte)}'`],
    ['words of a megabyte', `CustomText = '${many('a ', megabyte)}'`],
    ['wildcards', "WorkflowId STARTS_WITH '%_*?['"],
    ['quotes in a text', "WorkflowId = 'a'' OR ''1'' = ''1'"],
  ])('%s: an answer or a refusal', async (_name, query) => {
    expect([0, invalidArgument]).toContain(await codeOf(call('listWorkflowExecutions', { namespace, query })));
    expect((await call('countWorkflowExecutions', { namespace })).count ?? 0).toBeLessThan(100);
  });

  test('the token of a page that nobody gave', async () => {
    for (const nextPageToken of ['', '[]', '[1,2]', '{"a":1}', '["a","b","c"]', '[1,2,3]']) {
      const answer = call('listWorkflowExecutions', { namespace, nextPageToken: Buffer.from(`${nextPageToken}x`) });
      expect(await codeOf(answer)).toBe(unknown);
    }
    const elsewhere = Buffer.from('{"sort":"x","start":[],"run":{}}');
    const page = await call('listWorkflowExecutions', { namespace, nextPageToken: elsewhere });
    expect(page.executions ?? []).toEqual([]);
  });
});

describe('task tokens', () => {
  test.each([
    '',
    'x',
    '[]',
    '{}',
    'null',
    '["a","b","c",1,2,3,4]',
    '[1,2,3,4,5,6,7,8]',
    'query/',
    'query/a/b',
    'nexus/a/b',
    '\0'.repeat(1000),
  ])('%j is no token', async (text) => {
    const taskToken = Buffer.from(text);
    const answers = [
      call('respondWorkflowTaskCompleted', { namespace, taskToken }),
      call('respondWorkflowTaskFailed', { namespace, taskToken }),
      call('respondActivityTaskCompleted', { namespace, taskToken }),
      call('respondActivityTaskFailed', { namespace, taskToken }),
      call('recordActivityTaskHeartbeat', { namespace, taskToken }),
      call('respondQueryTaskCompleted', { namespace, taskToken }),
      call('respondNexusTaskCompleted', { namespace, taskToken }),
    ];
    for (const code of await Promise.all(answers.map(codeOf))) expect([invalidArgument, notFound]).toContain(code);
  });

  test('of another namespace tell nothing and change nothing', async () => {
    await startWorkflow('a', 'theirs');
    const { taskToken = new Uint8Array() } = await call('pollWorkflowTaskQueue', { namespace: 'theirs', taskQueue });
    const answer = call('respondWorkflowTaskCompleted', { namespace, taskToken });
    expect(await codeOf(answer)).toBe(invalidArgument);
    await call('respondWorkflowTaskCompleted', { namespace: 'theirs', taskToken });
  });

  test('with another number in them are of no task', async () => {
    await startWorkflow('b');
    const { taskToken } = await call('pollWorkflowTaskQueue', { namespace, taskQueue });
    const parts = JSON.parse(Buffer.from(taskToken ?? []).toString()) as (string | number)[];
    for (const [place, part] of parts.entries()) {
      const changed = typeof part === 'number' ? Number.MAX_SAFE_INTEGER : `${part}x`;
      const other = Buffer.from(JSON.stringify(parts.with(place, changed)));
      const code = await codeOf(call('respondWorkflowTaskFailed', { namespace, taskToken: other }));
      expect([0, invalidArgument, notFound]).toContain(code);
    }
  });
});

describe('values that no enum has', () => {
  const unknown = 987_654 as never;

  test('are refused, or taken as unspecified', async () => {
    const start = {
      namespace,
      workflowType: { name: 'any' },
      taskQueue: { name: 'queue', kind: unknown },
      requestId: 'r',
    };
    const answers = [
      call('startWorkflowExecution', { ...start, workflowId: 'c', workflowIdReusePolicy: unknown }),
      call('startWorkflowExecution', { ...start, workflowId: 'd', workflowIdConflictPolicy: unknown }),
      call('describeTaskQueue', { namespace, taskQueue, taskQueueType: unknown, apiMode: unknown }),
      call('getWorkflowExecutionHistory', {
        namespace,
        execution: { workflowId: 'b' },
        historyEventFilterType: unknown,
      }),
      call('listOpenWorkflowExecutions', { namespace, statusFilter: { status: unknown } } as never),
      call('registerNamespace', {
        namespace: 'more',
        workflowExecutionRetentionPeriod: { seconds: 86_400 },
        historyArchivalState: unknown,
      }),
      call('startBatchOperation', {
        namespace,
        jobId: 'j',
        reason: 'r',
        visibilityQuery: "WorkflowId = 'none'",
        updateWorkflowOptionsOperation: {},
      }),
    ];
    for (const code of await Promise.all(answers.map(codeOf))) expect(code).not.toBe(internal);
  });

  test('in commands fail the task, or are refused', async () => {
    await startWorkflow('e');
    for (;;) {
      const task = await call('pollWorkflowTaskQueue', { namespace, taskQueue });
      const commands = [{ commandType: unknown }];
      const answer = call('respondWorkflowTaskCompleted', { namespace, taskToken: task.taskToken ?? null, commands });
      expect([0, invalidArgument]).toContain(await codeOf(answer));
      if (task.workflowExecution?.workflowId === 'e') break;
    }
  });
});

describe('numbers and times beyond all bounds', () => {
  test('are refused or cut, and nobody waits for ever', async () => {
    const beyond = { seconds: Number.MAX_SAFE_INTEGER, nanos: 999_999_999 };
    const start = { namespace, workflowType: { name: 'any' }, taskQueue, requestId: 'r' };
    const answers = [
      call('startWorkflowExecution', { ...start, workflowId: 'f', workflowRunTimeout: beyond }),
      call('startWorkflowExecution', { ...start, workflowId: 'g', workflowTaskTimeout: { seconds: -1 } }),
      call('startWorkflowExecution', { ...start, workflowId: 'h', workflowStartDelay: beyond }),
      call('listWorkflowExecutions', { namespace, pageSize: 2 ** 31 - 1 }),
      call('listWorkflowExecutions', { namespace, pageSize: -5 }),
      call('getWorkflowExecutionHistory', { namespace, execution: { workflowId: 'b' }, maximumPageSize: -5 }),
      call('resetWorkflowExecution', {
        namespace,
        workflowExecution: { workflowId: 'b' },
        workflowTaskFinishEventId: Number.MAX_SAFE_INTEGER,
        requestId: 'r',
      }),
    ];
    for (const code of await Promise.all(answers.map(codeOf))) expect(code).not.toBe(internal);
    expect(await codeOf(call('describeWorkflowExecution', { namespace, execution: { workflowId: 'b' } }))).toBe(0);
  });
});
