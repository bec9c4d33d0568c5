/** How many polls are kept open: a fixed number, or as many as the server says are worth it. */
import { RpcError, StatusCode } from '@reprise/proto';

export interface PollOutcome {
  readonly isEmpty: boolean;
  /** What the server says about the number of polls, when it says something. */
  readonly suggestedChange: number | undefined;
}

export interface PollerCount {
  readonly target: number;
  readonly isAutoscaling: boolean;
  onPoll(outcome: PollOutcome): void;
  onError(error: unknown): void;
}

export function fixedPollers(target: number): PollerCount {
  return { target, isAutoscaling: false, onPoll: () => undefined, onError: () => undefined };
}

/** Over how long tasks are counted before more polls are opened. */
const PERIOD_MS = 1000;

/** Between `minimum` and `maximum`. More only while tasks come in faster than before; fewer whenever that is said. */
export class AutoscalingPollers implements PollerCount {
  readonly #limits: { readonly minimum: number; readonly maximum: number };
  readonly isAutoscaling = true;
  #target: number;
  #sawSuggestion = false;
  #period = { endsAtMs: performance.now() + PERIOD_MS, tasks: 0, tasksBefore: 0 };

  constructor(limits: { readonly minimum: number; readonly maximum: number; readonly initial: number }) {
    this.#limits = limits;
    this.#target = Math.min(Math.max(limits.initial, limits.minimum), limits.maximum);
  }

  get target(): number {
    return this.#target;
  }

  onPoll({ isEmpty, suggestedChange }: PollOutcome): void {
    this.#count(isEmpty ? 0 : 1);
    if (suggestedChange !== undefined && suggestedChange !== 0) {
      this.#sawSuggestion = true;
      if (suggestedChange < 0 || this.#isRising) this.#change(this.#target + suggestedChange);
    } else if (isEmpty && this.#sawSuggestion) this.#change(this.#target - 1);
  }

  onError(error: unknown): void {
    const isThrottled = error instanceof RpcError && error.code === StatusCode.RESOURCE_EXHAUSTED;
    this.#change(isThrottled ? Math.floor(this.#target / 2) : this.#target - 1);
  }

  get #isRising(): boolean {
    return this.#period.tasks > this.#period.tasksBefore;
  }

  #count(tasks: number): void {
    const nowMs = performance.now();
    if (nowMs > this.#period.endsAtMs) {
      this.#period = { endsAtMs: nowMs + PERIOD_MS, tasks: 0, tasksBefore: this.#period.tasks };
    }
    this.#period.tasks += tasks;
  }

  #change(target: number): void {
    this.#target = Math.min(Math.max(target, this.#limits.minimum), this.#limits.maximum);
  }
}
