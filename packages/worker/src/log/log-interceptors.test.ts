import { existsSync } from 'node:fs';
import { Context } from '@reprise/activity';
import { ActivityCancellationDetails, noopMetricMeter, type Logger } from '@reprise/common';
import { expect, test } from 'vitest';
import {
  ActivityInboundLogInterceptor,
  appendDefaultInterceptors,
  defaultSinks,
  defaultWorkflowInterceptorModules,
} from './log-interceptors.ts';
import { workflowLogAttributes } from './workflow-log-attributes.ts';

function collecting(): { logger: Logger; lines: unknown[] } {
  const lines: unknown[] = [];
  const at = (level: string) => (message: string, meta?: object) => void lines.push([level, message, meta]);
  const logger: Logger = {
    log: (level, message, meta) => void lines.push([level, message, meta]),
    trace: at('TRACE'),
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
  };
  return { logger, lines };
}

test('an activity gets the logger and the attributes of an older interceptor', async () => {
  const { logger, lines } = collecting();
  const context = new Context({
    info: { activityId: 'a1' } as never,
    cancelled: Promise.withResolvers<never>().promise,
    cancellationSignal: new AbortController().signal,
    cancellationDetails: () => new ActivityCancellationDetails(),
    heartbeat: () => undefined,
    log: logger,
    metricMeter: noopMetricMeter,
    client: undefined,
  });
  class Tagging extends ActivityInboundLogInterceptor {
    protected override logAttributes(): Record<string, unknown> {
      return { tag: this.ctx === context, ...super.logAttributes() };
    }
  }
  const interceptor = new Tagging(context, logger);
  context.log.info('hello');
  expect(lines).toMatchObject([['INFO', 'hello', { sdkComponent: 'activity', tag: true, activityId: 'a1' }]]);
  const input = { args: [1], headers: {} };
  expect(await interceptor.execute(input, (given) => Promise.resolve(given))).toBe(input);
});

test('older workflow code logs to the sink that workers inject', () => {
  const { logger, lines } = collecting();
  const { defaultWorkerLogger } = defaultSinks(logger);
  for (const { fn } of Object.values(defaultWorkerLogger)) void fn({} as never, 'message', { a: 1 });
  expect(lines).toHaveLength(5);
  expect(lines).toContainEqual(['WARN', 'message', { a: 1 }]);
});

test('the interceptors that log are built in', () => {
  expect(appendDefaultInterceptors({ workflowModules: ['a'] })).toEqual({ workflowModules: ['a'] });
  expect(defaultWorkflowInterceptorModules.every((path) => existsSync(path))).toBe(true);
});

test('lines about workflows carry what names them', () => {
  const info = { namespace: 'n', taskQueue: 'q', workflowId: 'w', runId: 'r', workflowType: 't', attempt: 1 };
  expect(workflowLogAttributes(info)).toEqual({
    namespace: 'n',
    taskQueue: 'q',
    workflowId: 'w',
    runId: 'r',
    workflowType: 't',
  });
});
