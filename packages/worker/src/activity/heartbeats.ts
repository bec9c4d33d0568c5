/**
 * Heartbeats of one attempt: the first goes out at once, later ones at most once per interval, the last details always.
 *
 * I1. At most one heartbeat is on its way.
 */
export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** Sends one heartbeat; a rejection is the sender's affair. */
  send(details: unknown): Promise<void>;
}

export class Heartbeats {
  readonly #options: HeartbeatOptions;
  #pending: { details: unknown } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #ended = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  record(details: unknown): void {
    if (this.#ended) return;
    this.#pending = { details };
    if (this.#timer === undefined) this.#sendNow();
  }

  /** Stops sending. Returns the details that were recorded and not sent, when there are any. */
  async end(): Promise<{ details: unknown } | undefined> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#sending;
    const unsent = this.#pending;
    this.#pending = undefined;
    return unsent;
  }

  #sendNow(): void {
    if (this.#pending === undefined || this.#sending !== undefined) return;
    const { details } = this.#pending;
    this.#pending = undefined;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sendNow();
    }, this.#options.intervalMs);
    this.#sending = this.#options.send(details).finally(() => {
      this.#sending = undefined;
      if (this.#timer === undefined && !this.#ended) this.#sendNow(); // I1
    });
  }
}

const SHARE_OF_TIMEOUT = 0.8;

/** How often heartbeats are sent: well within the timeout, and not more often than asked for. */
export function heartbeatIntervalMs(
  heartbeatTimeoutMs: number | undefined,
  limits: { defaultMs: number; maxMs: number },
): number {
  const wanted = heartbeatTimeoutMs === undefined ? limits.defaultMs : heartbeatTimeoutMs * SHARE_OF_TIMEOUT;
  return Math.min(wanted, limits.maxMs);
}
