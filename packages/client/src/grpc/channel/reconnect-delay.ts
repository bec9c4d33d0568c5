/** How long to wait between attempts to connect. */
export interface ReconnectSettings {
  /** After the first failure, ms. */
  readonly initialMs: number;
  /** The longest wait, ms. */
  readonly maxMs: number;
}

const FACTOR = 1.6;
const JITTER = 0.2;

/** `failures` is 1 after the first; `random` lies between 0 and 1. */
export function reconnectDelayMs({ initialMs, maxMs }: ReconnectSettings, failures: number, random: number): number {
  const grown = Math.min(initialMs * FACTOR ** (failures - 1), maxMs);
  return grown * (1 - JITTER + 2 * JITTER * random);
}
