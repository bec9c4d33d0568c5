import { invalidArgument, ServiceError, StatusCode } from '../../errors.ts';
import { maskedError } from '../../masked-error.ts';
import type { Namespace } from '../../system/namespaces.ts';
import { isUuid } from '../../execution/uuid-text.ts';
import { describeNamespaceEntry } from './namespace-description.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const describeNamespace: WorkflowHandler<'describeNamespace'> = async ({ namespace, id }, ctx) => {
  if (!namespace && !id) throw invalidArgument('Namespace not set on request.');
  if (id && !isUuid(id)) throw badId(ctx.namespaces.byName(namespace ?? ''), id);
  if (namespace && id) throw invalidArgument('GetNamespace operation failed. Both ID and Name specified in request.');
  const found = namespace ? ctx.namespaces.requireName(namespace) : ctx.namespaces.requireId(id ?? '');
  return describeNamespaceEntry(found, ctx);
};

/** The service meets this error in its store, and hides what it says where it knows the namespace. */
function badId(namespace: Namespace | undefined, id: string): ServiceError {
  const hasLength = [32, 36, 38, 45].includes(id.length);
  const text = hasLength ? 'invalid UUID format' : `invalid UUID length: ${id.length}`;
  return namespace ? maskedError(text) : new ServiceError(StatusCode.UNKNOWN, text);
}
