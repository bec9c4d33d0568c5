import { CancelledFailure, type LogMetadata } from '@reprise/common';
import { expect, it } from 'vitest';
import { DefaultLogger } from '../log/default-logger.ts';
import { logHandlerCall } from './log-handler-call.ts';

async function linesOf(call: () => Promise<unknown>, isAborted = false): Promise<string[]> {
  const lines: string[] = [];
  const log = new DefaultLogger(
    'DEBUG',
    ({ level, message, meta }: { level: string; message: string; meta?: LogMetadata }) => {
      const { durationMs, ...rest } = meta ?? {};
      expect(message.includes('started') || typeof durationMs === 'number').toBe(true);
      lines.push([level, message, ...Object.values(rest).map(String)].join(' '));
    },
  );
  await logHandlerCall(log, 'startOperation', { call, isAborted: () => isAborted }).catch(() => undefined);
  return lines;
}

const started = 'DEBUG Nexus handler started startOperation';

it('logs how a handler ended', async () => {
  expect(await linesOf(() => Promise.resolve(1))).toEqual([
    started,
    'DEBUG Nexus handler invocation completed startOperation',
  ]);
  expect(await linesOf(() => Promise.reject(new Error('no')))).toEqual([
    started,
    'WARN Nexus handler invocation failed startOperation Error: no',
  ]);
});

it('tells handlers that were told to stop from those that failed', async () => {
  const cancelled = (): Promise<never> => Promise.reject(new CancelledFailure('stop'));
  expect((await linesOf(cancelled, true)).at(-1)).toBe(
    'DEBUG Nexus handler invocation completed as cancelled startOperation',
  );
  expect((await linesOf(cancelled)).at(-1)).toContain('WARN Nexus handler invocation failed');
});

it('gives what the handler gives, and throws what it throws', async () => {
  const log = new DefaultLogger('ERROR');
  const isAborted = (): boolean => false;
  expect(await logHandlerCall(log, 'cancelOperation', { call: () => Promise.resolve(5), isAborted })).toBe(5);
  const error = new Error('no');
  const failing = logHandlerCall(log, 'cancelOperation', { call: () => Promise.reject(error), isAborted });
  await expect(failing).rejects.toBe(error);
});
