import { executionInfo } from './execution-info.ts';
import { type RpcContext, requireNamespace, type WorkflowHandler } from './rpc.ts';

/** A page of what a filter matches, as all the listing calls give it. */
export function listPage(
  ctx: RpcContext,
  request: { query: string; pageSize?: number | null | undefined; nextPageToken?: Uint8Array | null | undefined },
) {
  const largest = ctx.config.get('frontend.visibilityMaxPageSize');
  const pageSize = request.pageSize && request.pageSize > 0 ? Math.min(request.pageSize, largest) : largest;
  const page = ctx.visibility.list({
    namespaceId: requireNamespace(ctx).id,
    query: request.query,
    pageSize,
    pageToken: request.nextPageToken ?? undefined,
  });
  return { executions: page.records.map(executionInfo), nextPageToken: page.nextPageToken };
}

export const listWorkflowExecutions: WorkflowHandler<'listWorkflowExecutions'> = async (request, ctx) =>
  listPage(ctx, { ...request, query: request.query ?? '' });
