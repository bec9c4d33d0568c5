import { enumName, NamespaceState } from '@reprise/proto';

/**
 * `none`: the request is not about one namespace, or finds it itself. `registered`: only a namespace that is in use.
 * `any`: one that is deprecated too, so that what runs there can end.
 */
export type NamespacePolicy = 'none' | 'registered' | 'any';

const without: ReadonlySet<string> = new Set([
  'getSystemInfo',
  'getClusterInfo',
  'getSearchAttributes',
  'describeNamespace',
  'registerNamespace',
  'listNamespaces',
  'updateNamespace',
  'deprecateNamespace',
  'deleteNamespace',
  'listClusters',
  'addOrUpdateRemoteCluster',
  'removeRemoteCluster',
  'getNexusEndpoint',
  'createNexusEndpoint',
  'updateNexusEndpoint',
  'deleteNexusEndpoint',
  'listNexusEndpoints',
  'addSearchAttributes',
  'removeSearchAttributes',
  'listSearchAttributes',
  'lockTimeSkipping',
  'unlockTimeSkipping',
  'unlockTimeSkippingWithSleep',
  'sleep',
  'sleepUntil',
  'getCurrentTime',
  'check',
  'watch',
]);

const starting: ReadonlySet<string> = new Set([
  'startWorkflowExecution',
  'signalWithStartWorkflowExecution',
  'executeMultiOperation',
  'startActivityExecution',
  'createSchedule',
  'startBatchOperation',
]);

export function namespacePolicy(method: string): NamespacePolicy {
  if (without.has(method)) return 'none';
  return starting.has(method) ? 'registered' : 'any';
}

export function allowedStates(policy: NamespacePolicy): readonly NamespaceState[] {
  const { NAMESPACE_STATE_REGISTERED: registered, NAMESPACE_STATE_DEPRECATED: deprecated } = NamespaceState;
  return policy === 'any' ? [registered, deprecated] : [registered];
}

export function namespaceStateAllows(policy: NamespacePolicy, state: NamespaceState): boolean {
  return allowedStates(policy).includes(state);
}

export function shortStateName(state: NamespaceState): string {
  const word = enumName(NamespaceState, state).replace('NAMESPACE_STATE_', '');
  return word.charAt(0) + word.slice(1).toLowerCase();
}
