import { NamespaceState, ReplicationState } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { Namespace } from '../system/namespaces.ts';
import { checkClusters } from './check-clusters.ts';
import { describeNamespaceEntry } from './namespace-description.ts';
import type { WorkflowHandler } from './rpc.ts';
import { fromDuration } from './wire-time.ts';

export const updateNamespace: WorkflowHandler<'updateNamespace'> = async (request, ctx) => {
  if (!request.namespace) throw invalidArgument('Namespace not set on request.');
  const namespace = ctx.namespaces.requireName(request.namespace);
  const { activeClusterName, clusters = [] } = request.replicationConfig ?? {};
  checkClusters([activeClusterName, ...(clusters ?? []).map(({ clusterName }) => clusterName)]);
  if (request.promoteNamespace) {
    throw invalidArgument(
      `global namespace is not enabled on this cluster, cannot update global namespace or promote local namespace: ${request.namespace}`,
    );
  }
  // None is kept: no worker of today has a checksum that could be refused.
  if (request.deleteBadBinary) throw invalidArgument(`Bad binary checksum ${request.deleteBadBinary} doesn't exists.`);
  const settings: { -readonly [Key in keyof Namespace]?: Namespace[Key] } = {};
  if (activeClusterName) settings.replicationState = ReplicationState.REPLICATION_STATE_NORMAL;
  const info = request.updateInfo;
  if (info?.description) settings.description = info.description;
  if (info?.ownerEmail) settings.ownerEmail = info.ownerEmail;
  if (info?.data) settings.data = { ...namespace.data, ...info.data };
  if (info?.state) settings.state = info.state;
  const retention = request.config?.workflowExecutionRetentionTtl;
  if (retention) {
    const retentionMs = fromDuration(retention);
    if (retentionMs < ctx.config.get('system.namespaceMinRetentionLocal')) {
      throw invalidArgument('A valid retention period is not set on request.');
    }
    settings.retentionMs = retentionMs;
  }
  if (settings.state === NamespaceState.NAMESPACE_STATE_UNSPECIFIED) delete settings.state;
  const updated = ctx.system.namespaces.update(namespace, settings);
  const { namespaceInfo, config, replicationConfig } = describeNamespaceEntry(updated, ctx);
  return { namespaceInfo, config, replicationConfig };
};
