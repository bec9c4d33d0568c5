import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { heartbeatIntervalMs, Heartbeats } from './heartbeats.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function recorder(intervalMs = 100): { heartbeats: Heartbeats; sent: unknown[] } {
  const sent: unknown[] = [];
  const heartbeats = new Heartbeats({
    intervalMs,
    send: (details) => {
      sent.push(details);
      return Promise.resolve();
    },
  });
  return { heartbeats, sent };
}

test('the first heartbeat goes out at once, later ones once per interval with the last details', async () => {
  const { heartbeats, sent } = recorder();
  heartbeats.record(1);
  heartbeats.record(2);
  heartbeats.record(3);
  expect(sent).toEqual([1]);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual([1, 3]);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual([1, 3]);
  heartbeats.record(4);
  expect(sent).toEqual([1, 3, 4]);
});

test('details that were not sent are handed over at the end', async () => {
  const { heartbeats, sent } = recorder();
  heartbeats.record(1);
  heartbeats.record(2);
  expect(await heartbeats.end()).toEqual({ details: 2 });
  heartbeats.record(3);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([1]);
});

test('heartbeats are sent well within their timeout, and not more often than asked for', () => {
  const limits = { defaultMs: 30_000, maxMs: 60_000 };
  expect(heartbeatIntervalMs(10_000, limits)).toBe(8000);
  expect(heartbeatIntervalMs(undefined, limits)).toBe(30_000);
  expect(heartbeatIntervalMs(600_000, limits)).toBe(60_000);
});
