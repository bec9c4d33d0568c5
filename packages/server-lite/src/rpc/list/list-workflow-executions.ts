import { PagePlace } from '../../page-token.ts';
import { executionInfo } from './execution-info.ts';
import { pageSizeOf } from './page-size.ts';
import { type RpcContext, requireNamespace, type WorkflowHandler } from '../rpc.ts';

/** A page of what a filter matches, as all the listing calls give it. */
export function listPage(
  ctx: RpcContext,
  request: { query: string; pageSize?: number | null | undefined; nextPageToken?: Uint8Array | null | undefined },
) {
  // A token that is none is told before a filter that is none.
  PagePlace.read(request.nextPageToken);
  const page = ctx.visibility.list({
    namespaceId: requireNamespace(ctx).id,
    query: request.query,
    pageSize: pageSizeOf(ctx, request.pageSize),
    pageToken: request.nextPageToken ?? undefined,
  });
  return { executions: page.records.map(executionInfo), nextPageToken: page.nextPageToken };
}

export const listWorkflowExecutions: WorkflowHandler<'listWorkflowExecutions'> = async (request, ctx) =>
  listPage(ctx, { ...request, query: request.query ?? '' });
