import { setTimeout as wait } from 'node:timers/promises';
import { RateLimiter } from '../matching/rate-limiter.ts';

/**
 * How fast the schedules of each namespace start workflows. Counts on the wall clock.
 *
 * @param perSecond 0: as fast as they like
 * @returns waits for the turn of one more start of a namespace
 */
export function startLimits(perSecond: number): (namespaceId: string, signal: AbortSignal) => Promise<void> {
  const limiters = new Map<string, RateLimiter>();
  return async (namespaceId, signal) => {
    if (perSecond <= 0) return;
    let limiter = limiters.get(namespaceId);
    if (!limiter) limiters.set(namespaceId, (limiter = new RateLimiter(perSecond, Date.now())));
    while (!limiter.take(Date.now())) await wait(limiter.waitMs(Date.now()), undefined, { signal });
  };
}
