/**
 * Requests and commands at random, virtual time, crashes. After every commit the stored transitions must lead to the state
 * that the server works with, and the events alone to all of it that is history. `PROPERTY_SEED` repeats a run,
 * `PROPERTY_RUNS` makes more: `npm run properties -- 5000`.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../system/random.ts';
import { RandomRequests } from './random-requests.suite.ts';
import { VirtualServer } from './virtual-server.suite.ts';

const firstSeed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 1e6));
const runs = Number(process.env['PROPERTY_RUNS'] ?? 100);
const steps = 150;
const namespace = 'default';

beforeEach(() => {
  // Turns of the event loop stay real: commits happen at their ends.
  vi.useFakeTimers({
    now: Date.UTC(2030, 0, 1),
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
};

/** How often a run's history has each signal. */
async function countSignals(server: VirtualServer, execution: { workflowId: string; runId: string }) {
  const { history } = await server.call('getWorkflowExecutionHistory', { namespace, execution });
  const counts = new Map<string, number>();
  for (const { workflowExecutionSignaledEventAttributes: signaled } of history?.events ?? []) {
    if (signaled) counts.set(signaled.signalName ?? '', (counts.get(signaled.signalName ?? '') ?? 0) + 1);
  }
  return counts;
}

describe('requests at random', () => {
  test.each(Array.from({ length: runs }, (_, index) => firstSeed + index))('with seed %i', async (seed) => {
    const random = seededRandom(seed);
    const server = new VirtualServer(seed);
    const requests = new RandomRequests(server, random);
    for (let step = 0; step < steps; step++) {
      requests.next();
      if (random.fraction() < 0.5) await settled();
      if (random.fraction() < 0.2) await vi.advanceTimersByTimeAsync(Math.floor(random.fraction() ** 3 * 20_000));
      if (random.fraction() < 0.02) server.crash();
    }
    await settled();
    for (const { name, ...execution } of requests.signals) {
      const counts = await countSignals(server, execution).catch(() => new Map<string, number>());
      expect(counts.get(name) ?? 0).toBeLessThanOrEqual(1);
    }
    expect(await server.stop()).toEqual([]);
  });
});
