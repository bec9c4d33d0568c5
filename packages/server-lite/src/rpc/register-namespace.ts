import { ReplicationState } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { WorkflowHandler } from './rpc.ts';
import { checkClusters } from './check-clusters.ts';
import { byteLength } from './validate.ts';
import { fromDuration } from './wire-time.ts';

export const registerNamespace: WorkflowHandler<'registerNamespace'> = async (request, ctx) => {
  const name = request.namespace ?? '';
  if (name === '') throw invalidArgument('Namespace not set on request.');
  if (byteLength(name) > ctx.config.get('limit.maxIDLength')) throw invalidArgument('Namespace length exceeds limit.');
  const retentionMs = fromDuration(request.workflowExecutionRetentionPeriod);
  if (retentionMs < ctx.config.get('system.namespaceMinRetentionLocal')) {
    throw invalidArgument('A valid retention period is not set on request.');
  }
  if (request.isGlobalNamespace) throw invalidArgument('Cannot register global namespace when not enabled');
  checkClusters([request.activeClusterName, ...(request.clusters ?? []).map(({ clusterName }) => clusterName)]);
  ctx.system.namespaces.register(name, {
    retentionMs,
    description: request.description ?? '',
    ownerEmail: request.ownerEmail ?? '',
    data: request.data ?? {},
    replicationState: ReplicationState.REPLICATION_STATE_NORMAL,
  });
  return {};
};
