import { ACTIVATION_TIMEOUT_MS } from './patience.ts';
import type { ReplayOptions } from './replay-options.ts';

/** @throws TypeError for what is no length of time */
export function activationTimeoutOf({ activationTimeoutMs = ACTIVATION_TIMEOUT_MS }: ReplayOptions): number {
  if (Number.isFinite(activationTimeoutMs) && activationTimeoutMs > 0) return activationTimeoutMs;
  throw new TypeError(
    `activationTimeoutMs must be a number of milliseconds above 0, found ${String(activationTimeoutMs)}`,
  );
}
