import { ReplicationState } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { checkClusters } from './check-clusters.ts';
import { retentionOf } from './retention-of.ts';

export const registerNamespace: WorkflowHandler<'registerNamespace'> = async (request, ctx) => {
  const name = request.namespace ?? '';
  if (name === '') throw invalidArgument('Namespace not set on request.');
  if (request.isGlobalNamespace) throw invalidArgument('Cannot register global namespace when not enabled');
  const leastMs = ctx.config.get('system.namespaceMinRetentionLocal');
  const retentionMs = retentionOf(request.workflowExecutionRetentionPeriod, leastMs);
  checkClusters([
    request.activeClusterName || undefined,
    ...(request.clusters ?? []).map(({ clusterName }) => clusterName ?? ''),
  ]);
  ctx.system.namespaces.register(name, {
    retentionMs,
    description: request.description ?? '',
    ownerEmail: request.ownerEmail ?? '',
    data: request.data ?? {},
    replicationState: ReplicationState.REPLICATION_STATE_NORMAL,
  });
  return {};
};
