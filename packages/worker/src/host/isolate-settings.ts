/** Limits of the isolates that workflow code runs in. */
export interface IsolateSettings {
  /** An activation that takes longer ends its isolate; null for no limit. */
  readonly activationTimeoutMs: number | null;
  /** Whether calls that outlast even that are ended; for isolates that no watchdog of a process looks after. */
  readonly isGuarded?: boolean;
  readonly memoryLimitMb: number;
  /** False: every run gets a context of its own. */
  readonly sharesContexts: boolean;
}
