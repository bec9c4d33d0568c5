import { ArchivalState, type temporal } from '@reprise/proto';
import type { Namespace } from '../../system/namespaces.ts';
import type { RpcContext } from '../rpc.ts';
import { toDuration, toTimestamp } from '../wire-time.ts';

type NamespaceConfig = temporal.api.namespace.v1.NamespaceConfig;

const badBinaries = (namespace: Namespace) =>
  Object.fromEntries(
    Object.entries(namespace.badBinaries ?? {}).map(([checksum, { reason, operator, createMs }]) => [
      checksum,
      { reason, operator, createTime: toTimestamp(createMs) },
    ]),
  );

const namespaceConfig = (namespace: Namespace, aliases: Readonly<Record<string, string>>): NamespaceConfig => ({
  workflowExecutionRetentionTtl: toDuration(namespace.retentionMs),
  badBinaries: { binaries: badBinaries(namespace) },
  historyArchivalState: ArchivalState.ARCHIVAL_STATE_DISABLED,
  visibilityArchivalState: ArchivalState.ARCHIVAL_STATE_DISABLED,
  customSearchAttributeAliases: { ...aliases },
});

/** A namespace as Describe and List show it. */
export function describeNamespaceEntry(
  namespace: Namespace,
  { config, system }: Pick<RpcContext, 'config' | 'system'>,
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
        workerPollCompleteOnShutdown: config.get('frontend.enableCancelWorkerPollsOnShutdown'),
      },
      limits: {
        blobSizeLimitError: config.get('limit.blobSize.error'),
        memoSizeLimitError: config.get('limit.memoSize.error'),
      },
    },
    config: namespaceConfig(namespace, system.searchAttributes.columns(namespace.id)),
    replicationConfig: {
      activeClusterName: 'active',
      clusters: [{ clusterName: 'active' }],
      ...(namespace.replicationState ? { state: namespace.replicationState } : {}),
    },
  };
}
