import type { Logger, LogMetadata } from '@reprise/common';
import { expect, test, vi } from 'vitest';
import type { WorkflowTask } from './decode/workflow-task.ts';
import { SinkRunner } from './sinks.ts';

const unused = (): void => undefined;

function loggerOf(seen: LogMetadata[]): Logger {
  const log = (_level: string, _message: string, meta?: LogMetadata): void => void seen.push(meta ?? {});
  const error = (_message: string, meta?: LogMetadata): void => void seen.push(meta ?? {});
  return { log, trace: unused, debug: unused, info: unused, warn: unused, error };
}

const thrown = {
  type: 'Unreachable',
  name: 'ActivityFailure',
  message: 'Activity task failed',
  stack: 'ActivityFailure: Activity task failed\n    at order (workflows.ts:59:24)',
  cause: { name: 'Error', message: 'No carrier', stack: 'Error: No carrier\n    at ship (activities.ts:40:36)' },
};

function call(interfaceName: string, functionName: string, args: unknown[]) {
  return { interfaceName, functionName, argsJson: JSON.stringify(args), timeMs: 1 };
}

const task = { workflowId: 'w', runId: 'r', workflowType: 'order', taskQueue: 'q' } as WorkflowTask;

test('errors in the log lines of workflow code are errors with their stacks and causes', () => {
  const seen: LogMetadata[] = [];
  const runner = new SinkRunner({}, { logger: loggerOf(seen), namespace: 'default', measure: unused });
  runner.run([call('__temporal_logger', 'warn', ['Workflow failed', { error: thrown }])], task, {});
  const error = seen[0]?.['error'] as Error;
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'ActivityFailure', message: 'Activity task failed', type: 'Unreachable' });
  expect(error.stack).toBe(thrown.stack);
  expect((error.cause as Error).stack).toBe(thrown.cause.stack);
});

test('sinks get errors as errors', async () => {
  const report = vi.fn<(error: unknown) => void>();
  const sinks = { monitor: { report: { fn: (_info: unknown, error: unknown) => report(error) } } };
  const runner = new SinkRunner(sinks, { logger: loggerOf([]), namespace: 'default', measure: unused });
  runner.run([call('monitor', 'report', [thrown])], task, {});
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
  runner.run([call('audit', 'write', []), call('audit', 'read', [])], task, {});
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  const of = { namespace: 'default', taskQueue: 'q', workflowId: 'w', runId: 'r', workflowType: 'order' };
  expect(seen).toContainEqual({ ...of, ifaceName: 'audit', fnName: 'read' });
  expect(seen).toContainEqual({ ...of, ifaceName: 'audit', fnName: 'write', error: new Error('disk full') });
});
