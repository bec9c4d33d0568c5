import { CancelledFailure, IllegalStateError, noopMetricMeter } from '@reprise/common';
import type { Logger } from '@reprise/common';
import { describe, expect, it } from 'vitest';
import { Context, activityInfo, asyncLocalStorage, cancellationSignal, heartbeat, log, sleep } from './index.ts';
import type { Info } from './index.ts';

const info: Info = {
  taskToken: new Uint8Array([1]),
  base64TaskToken: 'AQ==',
  activityId: '1',
  activityType: 'charge',
  activityNamespace: 'default',
  namespace: 'default',
  attempt: 1,
  isLocal: false,
  scheduledTimestampMs: 1,
  currentAttemptScheduledTimestampMs: 1,
  scheduleToCloseTimeoutMs: 0,
  startToCloseTimeoutMs: 1_000,
  heartbeatDetails: undefined,
  taskQueue: 'q',
  inWorkflow: true,
};

function makeContext(): { context: Context; cancel: () => void; beats: unknown[]; lines: string[] } {
  const { promise, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  const beats: unknown[] = [];
  const lines: string[] = [];
  const line = (message: string): void => {
    lines.push(message);
  };
  const logger: Logger = {
    log: (_level, message) => line(message),
    trace: line,
    debug: line,
    info: line,
    warn: line,
    error: line,
  };
  const context = new Context({
    info,
    cancelled: promise,
    cancellationSignal: controller.signal,
    cancellationDetails: () => undefined,
    heartbeat: (details) => beats.push(details),
    log: logger,
    metricMeter: noopMetricMeter,
  });
  const cancel = (): void => {
    reject(new CancelledFailure('CANCELLED'));
    controller.abort();
  };
  return { context, cancel, beats, lines };
}

describe('Context', () => {
  it('is found by the functions of the package, across awaits', async () => {
    const { context, beats, lines } = makeContext();
    await asyncLocalStorage.run(context, async () => {
      await new Promise(setImmediate);
      heartbeat({ page: 3 });
      log.info('half way');
      expect(activityInfo().activityType).toBe('charge');
      expect(cancellationSignal().aborted).toBe(false);
    });
    expect(beats).toEqual([{ page: 3 }]);
    expect(lines).toEqual(['half way']);
  });

  it('does not exist outside activities', () => {
    expect(() => activityInfo()).toThrow('Activity context not initialized');
  });

  it('is stored under the key that all copies of the package share', () => {
    expect(Reflect.get(globalThis, Symbol.for('__temporal_activity_context_storage__'))).toBe(asyncLocalStorage);
  });

  it('ends a sleep when the activity is cancelled', async () => {
    const { context, cancel } = makeContext();
    const sleeping = asyncLocalStorage.run(context, () => sleep('1 hour'));
    cancel();
    await expect(sleeping).rejects.toBeInstanceOf(CancelledFailure);
  });

  it('sleeps to the end otherwise', async () => {
    const { context } = makeContext();
    await expect(asyncLocalStorage.run(context, () => sleep(1))).resolves.toBeUndefined();
  });

  it('says so where there is no client', () => {
    expect(() => makeContext().context.client).toThrow(IllegalStateError);
  });
});
