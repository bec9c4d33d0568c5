/**
 * The limits and switches of the service, by the names that operators of this API know them under. Durations are in
 * milliseconds here; configuration gives them as numbers of seconds, or as text such as `10s`.
 */
export const dynamicConfigDefaults = {
  'limit.blobSize.error': 2 * 1024 * 1024,
  'limit.blobSize.warn': 512 * 1024,
  'limit.memoSize.error': 2 * 1024 * 1024,
  'limit.historySize.error': 50 * 1024 * 1024,
  'limit.historySize.warn': 10 * 1024 * 1024,
  'limit.historySize.suggestContinueAsNew': 4 * 1024 * 1024,
  'limit.historyCount.error': 51_200,
  'limit.historyCount.warn': 10_240,
  'limit.historyCount.suggestContinueAsNew': 4096,
  'limit.numPendingChildExecutions.error': 2000,
  'limit.numPendingActivities.error': 2000,
  'limit.numPendingSignals.error': 2000,
  'limit.numPendingCancelRequests.error': 2000,
  'limit.maxIDLength': 1000,
  'limit.mutableStateSize.error': 8 * 1024 * 1024,
  'limit.mutableStateSize.warn': 1024 * 1024,
  'limit.userMetadataSummarySize': 0,
  'limit.userMetadataDetailsSize': 0,
  'history.maximumSignalsPerExecution': 10_000,
  'history.maximumBufferedEventsBatch': 100,
  'history.maximumBufferedEventsSizeInBytes': 2 * 1024 * 1024,
  'history.maxInFlightUpdates': 10,
  'history.maxInFlightUpdatePayloads': 20 * 1024 * 1024,
  'history.maxTotalUpdates': 2000,
  'history.defaultWorkflowTaskTimeout': 10_000,
  'history.maxWorkflowTaskTimeout': 120_000,
  'history.workflowTaskHeartbeatTimeout': 30 * 60_000,
  'history.workflowTaskRetryMaxInterval': 10 * 60_000,
  'history.longPollExpirationInterval': 20_000,
  'history.MaxBufferedQueryCount': 1,
  'history.discardSpeculativeWorkflowTaskMaximumEventsCount': 10,
  'history.sendTransientOrSpeculativeWorkflowTaskEvents': true,
  'history.workflowIdReuseMinimalInterval': 1000,
  'history.historyMaxAutoResetPoints': 20,
  'history.parentClosePolicyThreshold': 10,
  'activity.enableStandalone': true,
  'activity.longPollTimeout': 20_000,
  'activity.longPollBuffer': 1000,
  'matching.longPollExpirationInterval': 60_000,
  'matching.queryPollerUnavailableWindow': 20_000,
  'matching.syncMatchWaitDuration': 0,
  'matching.PollerHistoryTTL': 5 * 60_000,
  'matching.rps': 0,
  'matching.wv.VersionDrainageStatusVisibilityGracePeriod': 3 * 60_000,
  'matching.wv.VersionDrainageStatusRefreshInterval': 3 * 60_000,
  'frontend.rps': 0,
  'frontend.namespaceRPS': 0,
  'frontend.namespaceRPS.visibility': 0,
  'frontend.namespaceRPS.namespaceReplicationInducingAPIs': 0,
  'frontend.namespaceCount': 0,
  'frontend.enableCancelWorkerPollsOnShutdown': false,
  'frontend.visibilityMaxPageSize': 1000,
  'frontend.historyMaxPageSize': 256,
  'frontend.MaxConcurrentBatchOperationPerNamespace': 1,
  'frontend.searchAttributesNumberOfKeysLimit': 100,
  'frontend.searchAttributesSizeOfValueLimit': 2048,
  'frontend.searchAttributesTotalSizeLimit': 40 * 1024,
  'frontend.callbackURLMaxLength': 1000,
  'frontend.callbackHeaderMaxLength': 8192,
  'frontend.linkMaxSize': 4000,
  'frontend.maxLinksPerRequest': 10,
  'system.disallowQuery': false,
  'system.namespaceMinRetentionLocal': 60 * 60_000,
  'system.enableActivityEagerExecution': false,
  'system.enableEagerWorkflowStart': true,
  'system.enableStickyQuery': true,
  'system.maxCallbacksPerWorkflow': 32,
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 5,
  'worker.schedulerNamespaceStartWorkflowRPS': 0,
  'worker.batcherRPS': 50,
  'worker.batcherConcurrency': 5,
  'component.nexusoperations.limit.operation.concurrency': 30,
} as const;

export type DynamicConfigKey = keyof typeof dynamicConfigDefaults;
type Widen<Value> = Value extends number ? number : Value extends boolean ? boolean : string;
export type DynamicConfigValue<Key extends DynamicConfigKey> = Widen<(typeof dynamicConfigDefaults)[Key]>;

export interface DynamicConfig {
  /** A rate (`...rps`), count or size of 0 means: no limit. */
  get<Key extends DynamicConfigKey>(key: Key): DynamicConfigValue<Key>;
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `1h30m` in ms; undefined when the text is none. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', , unit = ''] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (unitsMs[unit] ?? 0);
  }
  return total;
}

/** The defaults of the keys that hold a duration: configuration may write them as text. */
const durationKeys: ReadonlySet<string> = new Set<DynamicConfigKey>([
  'history.defaultWorkflowTaskTimeout',
  'history.maxWorkflowTaskTimeout',
  'history.workflowTaskHeartbeatTimeout',
  'history.workflowTaskRetryMaxInterval',
  'history.longPollExpirationInterval',
  'history.workflowIdReuseMinimalInterval',
  'activity.longPollTimeout',
  'activity.longPollBuffer',
  'matching.longPollExpirationInterval',
  'matching.queryPollerUnavailableWindow',
  'matching.syncMatchWaitDuration',
  'matching.PollerHistoryTTL',
  'matching.wv.VersionDrainageStatusVisibilityGracePeriod',
  'matching.wv.VersionDrainageStatusRefreshInterval',
  'system.namespaceMinRetentionLocal',
]);

/** What deployments of the service switch on, and what is always on here: to ask for it is no mistake. */
const alwaysOn = new Set(
  [
    'activity.enabled',
    'frontend.activityAPIsEnabled',
    'frontend.enableExecuteMultiOperation',
    'frontend.enableSchedules',
    'frontend.enableUpdateWorkflowExecution',
    'frontend.enableUpdateWorkflowExecutionAsyncAccepted',
    'frontend.ListWorkersEnabled',
    'frontend.WorkerHeartbeatsEnabled',
    'frontend.workerVersioningWorkflowAPIs',
    'history.enableChasm',
    'history.enableRequestIdRefLinks',
    'history.enableTransitionHistory',
    'matching.useNewMatcher',
    'component.nexusoperations.recordCancelRequestCompletionEvents',
    'system.enableActivityEagerExecution',
    'system.enableDeployments',
    'system.enableDeploymentVersions',
    'system.enableEagerWorkflowStart',
    'system.enableNexus',
    'system.forceSearchAttributesCacheRefreshOnRead',
  ].map((key) => key.toLowerCase()),
);

function readValue(key: string, fallback: number | boolean, given: unknown): number | boolean {
  if (typeof given === typeof fallback) {
    return durationKeys.has(key) ? Number(given) * 1000 : (given as number | boolean);
  }
  const durationMs = typeof given === 'string' && durationKeys.has(key) ? parseDurationMs(given) : undefined;
  if (durationMs !== undefined) return durationMs;
  const expected = durationKeys.has(key) ? 'a number of seconds or a text such as "10s"' : `a ${typeof fallback}`;
  throw new TypeError(`dynamic config ${key}: expected ${expected}, found ${JSON.stringify(given)}`);
}

/**
 * @param overrides by key, any case. Keys that this server does not know are returned, so that the caller can say so; not
 *   those that ask for what is always on.
 * @throws TypeError when a known key is given a value of the wrong type
 */
export function createDynamicConfig(overrides: Readonly<Record<string, unknown>>): {
  config: DynamicConfig;
  unknownKeys: string[];
} {
  const values: Record<string, number | boolean> = { ...dynamicConfigDefaults };
  const known = new Map(Object.keys(values).map((key) => [key.toLowerCase(), key]));
  const unknownKeys: string[] = [];
  for (const [name, given] of Object.entries(overrides)) {
    const key = known.get(name.toLowerCase());
    if (key !== undefined)
      values[key] = readValue(key, (dynamicConfigDefaults as Record<string, number | boolean>)[key] ?? 0, given);
    else if (given !== true || !alwaysOn.has(name.toLowerCase())) unknownKeys.push(name);
  }
  return { config: { get: (key) => values[key] as DynamicConfigValue<typeof key> }, unknownKeys };
}
