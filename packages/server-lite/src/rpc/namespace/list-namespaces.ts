import { NamespaceState } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { describeNamespaceEntry } from './namespace-description.ts';
import type { WorkflowHandler } from '../rpc.ts';

const defaultPageSize = 100;

/** Pages go by name: the token is the last name shown. */
export const listNamespaces: WorkflowHandler<'listNamespaces'> = async (request, ctx) => {
  const pageSize = request.pageSize || defaultPageSize;
  if (pageSize < 0) throw invalidArgument('PageSize must not be negative.');
  const after = Buffer.from(request.nextPageToken ?? []).toString();
  const showDeleted = request.namespaceFilter?.includeDeleted === true;
  const rest = ctx.namespaces
    .list()
    .filter(({ name, state }) => name > after && (showDeleted || state !== NamespaceState.NAMESPACE_STATE_DELETED));
  const page = rest.slice(0, pageSize);
  const last = page.at(-1);
  return {
    namespaces: page.map((namespace) => describeNamespaceEntry(namespace, ctx)),
    ...(last && rest.length > page.length ? { nextPageToken: Buffer.from(last.name) } : {}),
  };
};
