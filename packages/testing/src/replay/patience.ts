/** How long code that does not return is waited for. */
const SHARES = [1, 0.2, 0.2, 0.05];
const LEAST_MS = 200;
/** Of what the isolate allows: whoever can interrupt code tells more, so it comes first. */
const SLACK = 0.4;
const LEAST_SLACK_MS = 700;

/** As workers have it. */
export const ACTIVATION_TIMEOUT_MS = 5000;

/**
 * Code that loops for one history loops for many: it is not waited for as long each time.
 *
 * @param losses how often code has not come to an end
 */
export function isolatePatienceMs(activationTimeoutMs: number, losses: number): number {
  return Math.max(LEAST_MS, activationTimeoutMs * (SHARES[Math.min(losses, SHARES.length - 1)] ?? 1));
}

/** Of the process that the isolate is in. */
export function hostPatienceMs(activationTimeoutMs: number, losses: number): number {
  const ofIsolate = isolatePatienceMs(activationTimeoutMs, losses);
  return ofIsolate + Math.max(LEAST_SLACK_MS, activationTimeoutMs * SLACK);
}

/** To find out where it was: that it does not return is known by then. */
export function tracePatienceMs(activationTimeoutMs: number): number {
  return Math.max(LEAST_SLACK_MS, activationTimeoutMs * SLACK);
}
