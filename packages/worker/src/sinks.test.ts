import { valueToText, type Logger, type LogMetadata } from '@reprise/common';
import type { WorkflowInfo } from '@reprise/workflow';
import { expect, test, vi } from 'vitest';
import type { WorkflowTask } from './decode/workflow-task.ts';
import { SinkRunner } from './sinks.ts';

const unused = (): void => undefined;

function loggerOf(seen: LogMetadata[]): Logger {
  const log = (_level: string, _message: string, meta?: LogMetadata): void => void seen.push(meta ?? {});
  const error = (_message: string, meta?: LogMetadata): void => void seen.push(meta ?? {});
  return { log, trace: unused, debug: unused, info: unused, warn: unused, error };
}

const thrown = Object.assign(new Error('Activity task failed', { cause: new Error('No carrier') }), {
  type: 'Unreachable',
  name: 'ActivityFailure',
});

/** What `workflowInfo()` of a run comes out as. */
const infoText = valueToText({
  workflowId: 'w',
  startTime: new Date(5),
  typedSearchAttributes: [{ key: { name: 'due', type: 'DATETIME' }, value: new Date(7) }],
  unsafe: { isReplaying: true },
});

function call(interfaceName: string, functionName: string, args: unknown[]) {
  const info = interfaceName.startsWith('__temporal_') ? {} : { infoText };
  return { interfaceName, functionName, argsText: valueToText(args), timeMs: 1, ...info };
}

const task = { workflowId: 'w', runId: 'r', workflowType: 'order', taskQueue: 'q' } as WorkflowTask;

test('errors in the log lines of workflow code are errors with their stacks and causes', () => {
  const seen: LogMetadata[] = [];
  const runner = new SinkRunner({}, { logger: loggerOf(seen), namespace: 'default', measure: unused });
  runner.run([call('__temporal_logger', 'warn', ['Workflow failed', { error: thrown }])], task);
  const error = seen[0]?.['error'] as Error;
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'ActivityFailure', message: 'Activity task failed', type: 'Unreachable' });
  expect(error.stack).toBe(thrown.stack);
  expect((error.cause as Error).message).toBe('No carrier');
});

test('sinks get errors as errors', async () => {
  const report = vi.fn<(error: unknown) => void>();
  const sinks = { monitor: { report: { fn: (_info: unknown, error: unknown) => report(error) } } };
  const runner = new SinkRunner(sinks, { logger: loggerOf([]), namespace: 'default', measure: unused });
  runner.run([call('monitor', 'report', [thrown])], task);
  await vi.waitFor(() => expect(report).toHaveBeenCalledOnce());
  expect(report.mock.calls[0]?.[0]).toBeInstanceOf(Error);
});

test('log lines about sinks say which workflow called them', async () => {
  const seen: LogMetadata[] = [];
  const fails = () => {
    throw new Error('disk full');
  };
  const sinks = { audit: { write: { fn: fails } } };
  const runner = new SinkRunner(sinks, { logger: loggerOf(seen), namespace: 'default', measure: unused });
  runner.run([call('audit', 'write', []), call('audit', 'read', [])], task);
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  const of = { namespace: 'default', taskQueue: 'q', workflowId: 'w', runId: 'r', workflowType: 'order' };
  expect(seen).toContainEqual({ ...of, ifaceName: 'audit', fnName: 'read' });
  const error = new Error('disk full');
  const workflowInfo = expect.objectContaining({ workflowId: 'w' }) as unknown;
  expect(seen).toContainEqual({ ...of, ifaceName: 'audit', fnName: 'write', error, workflowInfo });
});

test('sinks are told of the workflow as it was when it called', async () => {
  const infos: WorkflowInfo[] = [];
  const sinks = { audit: { write: { fn: (info: WorkflowInfo) => void infos.push(info) } } };
  new SinkRunner(sinks, { logger: loggerOf([]), namespace: 'default', measure: unused }).run(
    [call('audit', 'write', [])],
    task,
  );
  await vi.waitFor(() => expect(infos).toHaveLength(1));
  const [info] = infos as [WorkflowInfo];
  expect(info).toMatchObject({ workflowId: 'w', startTime: new Date(5), unsafe: { isReplaying: true } });
  expect(info.typedSearchAttributes.get({ name: 'due', type: 'DATETIME' })).toEqual(new Date(7));
  expect(Object.keys(info)).toContain('lastFailure');
});

test('who registers the old logger sink takes the log lines', async () => {
  const [seen, lines]: [LogMetadata[], unknown[]] = [[], []];
  const write = (_info: unknown, message: unknown, attributes: unknown) => void lines.push([message, attributes]);
  const sinks = { defaultWorkerLogger: { info: { fn: write } } };
  const own = new SinkRunner(sinks, { logger: loggerOf(seen), namespace: 'default', measure: unused });
  own.run([call('__temporal_logger', 'info', ['new', { a: 1 }]), call('defaultWorkerLogger', 'info', ['old'])], task);
  await vi.waitFor(() =>
    expect(lines).toEqual([
      ['new', { a: 1 }],
      ['old', undefined],
    ]),
  );
  expect(seen).toEqual([]);

  const levels: string[] = [];
  const logger = {
    ...loggerOf(seen),
    log: (level: string, message: string) => void levels.push(`${level} ${message}`),
  };
  new SinkRunner({}, { logger, namespace: 'default', measure: unused }).run(
    [call('defaultWorkerLogger', 'warn', ['old'])],
    task,
  );
  expect(levels).toEqual(['WARN old']);
});
