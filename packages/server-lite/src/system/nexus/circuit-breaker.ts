/**
 * Keeps requests from a destination that has failed too often in a row.
 *
 *   closed -> open -> half open -> closed
 *              ^---------|
 *
 * I1. While half open, one request is under way at most.
 * I2. What comes of a request counts only in the state in which it was admitted.
 */
type State =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly untilMs: number }
  | { readonly kind: 'halfOpen'; readonly isTrying: boolean };

/** What came of a request that was let through. */
export type Settle = (isUp: boolean, nowMs: number) => void;

const toleratedFailures = 5;
const openForMs = 60_000;
/** How soon to ask again while somebody else's request decides. */
const meanwhileMs = 3000;

export class CircuitBreaker {
  #state: State = { kind: 'closed', failures: 0 };
  /** Counts the states. */
  #generation = 0;

  isClosed(nowMs: number): boolean {
    return this.#current(nowMs).kind === 'closed';
  }

  /** @returns undefined when the request may not be made; else to be called once it has ended */
  admit(nowMs: number): Settle | undefined {
    const state = this.#current(nowMs);
    if (state.kind === 'open' || (state.kind === 'halfOpen' && state.isTrying)) return undefined;
    if (state.kind === 'halfOpen') this.#state = { kind: 'halfOpen', isTrying: true };
    const generation = this.#generation;
    return (isUp, endMs) => {
      if (generation === this.#generation) this.#settle(isUp, endMs);
    };
  }

  /** When a request that was refused now is worth another try. */
  retryMs(nowMs: number): number {
    const state = this.#current(nowMs);
    return state.kind === 'open' ? state.untilMs : nowMs + meanwhileMs;
  }

  #settle(isUp: boolean, nowMs: number): void {
    const state = this.#state;
    if (state.kind === 'halfOpen') this.#enter(isUp ? { kind: 'closed', failures: 0 } : open(nowMs));
    if (state.kind !== 'closed') return;
    const failures = isUp ? 0 : state.failures + 1;
    if (failures > toleratedFailures) this.#enter(open(nowMs));
    else this.#state = { kind: 'closed', failures };
  }

  #current(nowMs: number): State {
    if (this.#state.kind === 'open' && this.#state.untilMs <= nowMs) this.#enter({ kind: 'halfOpen', isTrying: false });
    return this.#state;
  }

  #enter(state: State): void {
    this.#state = state;
    this.#generation++;
  }
}

const open = (nowMs: number): State => ({ kind: 'open', untilMs: nowMs + openForMs });
