import { NamespaceState } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { Namespace } from '../system/namespaces.ts';
import { describeNamespaceEntry } from './namespace-description.ts';
import type { WorkflowHandler } from './rpc.ts';
import { fromDuration } from './wire-time.ts';

export const updateNamespace: WorkflowHandler<'updateNamespace'> = async (request, ctx) => {
  if (!request.namespace) throw invalidArgument('Namespace not set on request.');
  const namespace = ctx.namespaces.requireName(request.namespace);
  if (request.promoteNamespace) throw invalidArgument('Cannot promote namespace to global when not enabled');
  const settings: { -readonly [Key in keyof Namespace]?: Namespace[Key] } = {};
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
  const { namespaceInfo, config, replicationConfig } = describeNamespaceEntry(updated, ctx.config);
  return { namespaceInfo, config, replicationConfig };
};
