import { NamespaceState } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const deprecateNamespace: WorkflowHandler<'deprecateNamespace'> = async (request, ctx) => {
  if (!request.namespace) throw invalidArgument('Namespace not set on request.');
  const namespace = ctx.namespaces.requireName(request.namespace);
  ctx.system.namespaces.update(namespace, { state: NamespaceState.NAMESPACE_STATE_DEPRECATED });
  return {};
};
