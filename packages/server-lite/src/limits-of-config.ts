import type { Limits } from './execution/limits.ts';
import type { DynamicConfig } from './system/dynamic-config.ts';

/** The limits on one execution, as they are configured. */
export const limitsOf = (config: DynamicConfig): Limits => ({
  blobSizeBytes: config.get('limit.blobSize.error'),
  memoSizeBytes: config.get('limit.memoSize.error'),
  historyEvents: config.get('limit.historyCount.error'),
  historyBytes: config.get('limit.historySize.error'),
  suggestContinueEvents: config.get('limit.historyCount.suggestContinueAsNew'),
  suggestContinueBytes: config.get('limit.historySize.suggestContinueAsNew'),
  pendingActivities: config.get('limit.numPendingActivities.error'),
  pendingChildren: config.get('limit.numPendingChildExecutions.error'),
  pendingSignals: config.get('limit.numPendingSignals.error'),
  pendingCancels: config.get('limit.numPendingCancelRequests.error'),
  pendingNexusOperations: config.get('component.nexusoperations.limit.operation.concurrency'),
  signals: config.get('history.maximumSignalsPerExecution'),
  bufferedEvents: config.get('history.maximumBufferedEventsBatch'),
  bufferedBytes: config.get('history.maximumBufferedEventsSizeInBytes'),
  updatesInFlight: config.get('history.maxInFlightUpdates'),
  updatesTotal: config.get('history.maxTotalUpdates'),
  stateBytes: config.get('limit.mutableStateSize.error'),
  autoResetPoints: config.get('history.historyMaxAutoResetPoints'),
  idLength: config.get('limit.maxIDLength'),
  taskHeartbeatTimeoutMs: config.get('history.workflowTaskHeartbeatTimeout'),
  maxTaskTimeoutMs: config.get('history.maxWorkflowTaskTimeout'),
  problemsToReport: config.get('system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute'),
  updateBytesInFlight: config.get('history.maxInFlightUpdatePayloads'),
  eventsToForget: config.get('history.discardSpeculativeWorkflowTaskMaximumEventsCount'),
  taskRetryMaxMs: config.get('history.workflowTaskRetryMaxInterval'),
  minimalIntervalMs: config.get('history.workflowIdReuseMinimalInterval'),
});
