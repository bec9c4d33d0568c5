import { ArchivalState, type temporal } from '@reprise/proto';
import type { DynamicConfig } from '../system/dynamic-config.ts';
import type { Namespace } from '../system/namespaces.ts';
import { toDuration } from './wire-time.ts';

type NamespaceConfig = temporal.api.namespace.v1.NamespaceConfig;

export const namespaceConfig = (namespace: Namespace): NamespaceConfig => ({
  workflowExecutionRetentionTtl: toDuration(namespace.retentionMs),
  badBinaries: {},
  historyArchivalState: ArchivalState.ARCHIVAL_STATE_DISABLED,
  visibilityArchivalState: ArchivalState.ARCHIVAL_STATE_DISABLED,
});

/** A namespace as Describe and List show it. */
export function describeNamespaceEntry(
  namespace: Namespace,
  config: DynamicConfig,
): temporal.api.workflowservice.v1.DescribeNamespaceResponse {
  return {
    namespaceInfo: {
      name: namespace.name,
      id: namespace.id,
      state: namespace.state,
      description: namespace.description,
      ownerEmail: namespace.ownerEmail,
      data: { ...namespace.data },
      supportsSchedules: true,
      capabilities: {
        eagerWorkflowStart: true,
        syncUpdate: true,
        asyncUpdate: true,
        workerHeartbeats: true,
        reportedProblemsSearchAttribute: true,
        standaloneActivities: config.get('activity.enableStandalone'),
        pollerAutoscaling: true,
      },
      limits: {
        blobSizeLimitError: config.get('limit.blobSize.error'),
        memoSizeLimitError: config.get('limit.memoSize.error'),
      },
    },
    config: namespaceConfig(namespace),
    replicationConfig: {
      activeClusterName: 'active',
      clusters: [{ clusterName: 'active' }],
    },
  };
}
