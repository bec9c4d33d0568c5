import { NamespaceState } from '@reprise/proto';
import { failedPrecondition, invalidArgument } from '../../errors.ts';
import { type Namespace, systemNamespaceName } from '../../system/namespaces.ts';
import type { OperatorHandler, RpcContext } from '../rpc.ts';

/** @throws ServiceError NOT_FOUND, or INVALID_ARGUMENT for a name that has been deleted already */
function requireRegistered({ namespaces }: RpcContext, name: string): Namespace {
  if (namespaces.isGivenUp(name)) throw invalidArgument(`namespace ${name} is not found`);
  return namespaces.requireName(name);
}

/** The name is free at once: what is left goes by another name until its executions have been deleted. */
export const deleteNamespace: OperatorHandler<'deleteNamespace'> = async (request, ctx) => {
  if (!request.namespace && !request.namespaceId) throw invalidArgument('Namespace not set on request.');
  if (request.namespace && request.namespaceId) {
    throw invalidArgument('Only one of namespace name or Id should be set on request.');
  }
  const namespace = request.namespace
    ? requireRegistered(ctx, request.namespace)
    : ctx.namespaces.requireId(request.namespaceId ?? '');
  if (namespace.name === systemNamespaceName) throw failedPrecondition('unable to delete system namespace');
  const deletedNamespace = `${namespace.name}-deleted-${namespace.id.slice(0, 5)}`;
  ctx.system.namespaces.update(namespace, {
    name: deletedNamespace,
    state: NamespaceState.NAMESPACE_STATE_DELETED,
  });
  ctx.system.retention.sweep();
  return { deletedNamespace };
};
