import type { Clock } from './clock.ts';

/** Real time, held back from going backwards when the machine's clock is set. */
export function systemClock(): Clock {
  let latest = 0;
  return {
    now() {
      latest = Math.max(latest, Date.now());
      return latest;
    },
  };
}
