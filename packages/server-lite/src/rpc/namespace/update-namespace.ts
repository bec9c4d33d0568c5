import { invalidArgument } from '../../errors.ts';
import { checkClusters } from './check-clusters.ts';
import { describeNamespaceEntry } from './namespace-description.ts';
import { isKept, namespaceSettings } from './namespace-settings.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const updateNamespace: WorkflowHandler<'updateNamespace'> = async (request, ctx) => {
  if (!request.namespace) throw invalidArgument('Namespace not set on request.');
  const namespace = ctx.namespaces.requireName(request.namespace);
  const { activeClusterName, clusters = [] } = request.replicationConfig ?? {};
  const settings = namespaceSettings(namespace, request, {
    nowMs: ctx.clock.now(),
    leastRetentionMs: ctx.config.get('system.namespaceMinRetentionLocal'),
  });
  checkClusters([activeClusterName || undefined, ...(clusters ?? []).map(({ clusterName }) => clusterName ?? '')]);
  if (request.promoteNamespace) {
    throw invalidArgument(
      `global namespace is not enabled on this cluster, cannot update global namespace or promote local namespace: ${request.namespace}`,
    );
  }
  ctx.system.searchAttributes.rename(namespace.id, request.config?.customSearchAttributeAliases ?? {});
  const changed = { ...namespace, ...settings };
  if (isKept(settings, request)) ctx.system.namespaces.update(namespace, settings);
  const { namespaceInfo, config, replicationConfig } = describeNamespaceEntry(changed, ctx);
  return { namespaceInfo, config, replicationConfig };
};
