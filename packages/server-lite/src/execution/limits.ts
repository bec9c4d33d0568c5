/** Limits on one execution, as the real service sets them by default. */
export interface Limits {
  readonly blobSizeBytes: number;
  readonly memoSizeBytes: number;
  readonly historyEvents: number;
  readonly historyBytes: number;
  readonly suggestContinueEvents: number;
  readonly suggestContinueBytes: number;
  readonly pendingActivities: number;
  readonly pendingChildren: number;
  readonly pendingSignals: number;
  readonly pendingCancels: number;
  readonly pendingNexusOperations: number;
  readonly signals: number;
  readonly bufferedEvents: number;
  readonly bufferedBytes: number;
  readonly updatesInFlight: number;
  readonly updatesTotal: number;
  /** Bytes of what is known of a run besides its history. */
  readonly stateBytes: number;
  readonly autoResetPoints: number;
  readonly idLength: number;
  readonly taskHeartbeatTimeoutMs: number;
  readonly maxTaskTimeoutMs: number;
  readonly problemsToReport: number;
  /** Bytes of the arguments of updates that are not completed. */
  readonly updateBytesInFlight: number;
  /** So many events, shown to the worker by a speculative task that came to nothing, may be forgotten. */
  readonly eventsToForget: number;
  /** The most that a workflow task which keeps failing gets on top of its timeout. */
  readonly taskRetryMaxMs: number;
  /** Runs of a chain do not follow each other faster. */
  readonly minimalIntervalMs: number;
}
