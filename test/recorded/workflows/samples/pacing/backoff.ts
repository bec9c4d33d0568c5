import { MAX_PAUSE_MS } from './limits.ts';

export function backoff(round: number): number {
  return Math.min(MAX_PAUSE_MS, 1000 * 2 ** round);
}
