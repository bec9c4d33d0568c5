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
  readonly idLength: number;
  readonly taskHeartbeatTimeoutMs: number;
  readonly maxTaskTimeoutMs: number;
  readonly problemsToReport: number;
}

export const defaultLimits: Limits = {
  blobSizeBytes: 2 * 1024 * 1024,
  memoSizeBytes: 2 * 1024 * 1024,
  historyEvents: 51_200,
  historyBytes: 50 * 1024 * 1024,
  suggestContinueEvents: 4096,
  suggestContinueBytes: 4 * 1024 * 1024,
  pendingActivities: 2000,
  pendingChildren: 2000,
  pendingSignals: 2000,
  pendingCancels: 2000,
  pendingNexusOperations: 30,
  signals: 10_000,
  bufferedEvents: 100,
  bufferedBytes: 2 * 1024 * 1024,
  updatesInFlight: 10,
  updatesTotal: 2000,
  idLength: 1000,
  taskHeartbeatTimeoutMs: 30 * 60_000,
  maxTaskTimeoutMs: 120_000,
  problemsToReport: 5,
};
