import { describe, expect, test } from 'vitest';
import type { WorkerTask } from './matching.ts';
import { DispatchLimits } from './dispatch-limits.ts';

const task = (fairnessKey: string, fairnessWeight?: number) =>
  ({ priority: { fairnessKey, fairnessWeight } }) as WorkerTask;

/** How many of a key's tasks go in the first second, and how many in each later one. */
function counts(limits: DispatchLimits, of: WorkerTask): [number, number] {
  const taken = (fromMs: number): number => {
    let count = 0;
    for (let nowMs = fromMs; nowMs < fromMs + 1000; nowMs += 10) while (limits.take(of, nowMs) === 0) count++;
    return count;
  };
  taken(0);
  return [taken(1000), taken(2000)];
}

describe('a queue', () => {
  test('goes as fast as the API says, else as workers say', () => {
    const limits = new DispatchLimits();
    expect(limits.tasksPerSecond).toBeUndefined();
    limits.set('worker', 10, 0);
    expect(counts(limits, task(''))).toEqual([10, 10]);
    limits.set('api', 20, 0);
    expect(limits.tasksPerSecond).toBe(20);
    limits.set('api', undefined, 0);
    expect(limits.tasksPerSecond).toBe(10);
  });

  test('stands still at a rate of 0', () => {
    const limits = new DispatchLimits();
    limits.set('api', 0, 0);
    expect(limits.take(task(''), 0)).toBe(Infinity);
  });
});

describe('each fairness key', () => {
  test('goes at the rate for keys', () => {
    const limits = new DispatchLimits();
    limits.setFairness({ perSecond: 5, weights: {} });
    expect(counts(limits, task('a'))).toEqual([5, 5]);
    expect(counts(limits, task('b'))).toEqual([5, 5]);
    limits.setFairness({ perSecond: undefined, weights: {} });
    expect(limits.take(task('a'), 3000)).toBe(0);
  });

  test('goes faster the more it weighs, by its override or by its tasks', () => {
    const limits = new DispatchLimits();
    limits.setFairness({ perSecond: 4, weights: { heavy: 5 } });
    expect(counts(limits, task('heavy', 2))).toEqual([20, 20]);
    expect(counts(limits, task('light', 0.5))).toEqual([2, 2]);
  });

  test('waits for the queue too, and costs nothing while it waits', () => {
    const limits = new DispatchLimits();
    limits.setFairness({ perSecond: 100, weights: {} });
    limits.set('api', 2, 0);
    expect([limits.take(task('a'), 0), limits.take(task('b'), 0)]).toEqual([0, 0]);
    expect(limits.take(task('a'), 0)).toBe(500);
    expect(limits.take(task('a'), 500)).toBe(0);
  });
});
