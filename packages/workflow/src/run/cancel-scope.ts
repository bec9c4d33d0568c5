/** Hears of the cancellation of a scope. */
export interface CancelListener {
  onCancel(reason: unknown): void;
}

/** What the rest of the runtime knows of a cancellation scope. */
export interface CancelScope {
  readonly cancellable: boolean;
  /** True when the scope is cancellable and cancellation was requested. */
  readonly consideredCancelled: boolean;
  /** True when cancellation was requested, also of a scope that is not cancellable. */
  readonly requested: boolean;
  /** Hands the reason to `listener` when cancellation is requested, or soon when it was already. */
  listen(listener: CancelListener): void;
  unlisten(listener: CancelListener): void;
  cancel(): void;
}
