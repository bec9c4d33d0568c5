import { invalidArgument, ServiceError, StatusCode } from '../errors.ts';
import { describeNamespaceEntry } from './namespace-description.ts';
import type { WorkflowHandler } from './rpc.ts';

export const describeNamespace: WorkflowHandler<'describeNamespace'> = async ({ namespace, id }, ctx) => {
  if (!namespace && !id) throw invalidArgument('Namespace not set on request.');
  if (namespace && id) throw invalidArgument('GetNamespace operation failed. Both ID and Name specified in request.');
  // The service meets this error in its store, and passes it on as it is.
  if (id && ![32, 36, 38, 45].includes(id.length))
    throw new ServiceError(StatusCode.UNKNOWN, `invalid UUID length: ${id.length}`);
  const found = namespace ? ctx.namespaces.requireName(namespace) : ctx.namespaces.requireId(id ?? '');
  return describeNamespaceEntry(found, ctx);
};
