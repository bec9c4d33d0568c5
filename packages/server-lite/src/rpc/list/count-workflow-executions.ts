import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const countWorkflowExecutions: WorkflowHandler<'countWorkflowExecutions'> = async (request, ctx) => {
  const { count, groups } = ctx.visibility.count({
    namespaceId: requireNamespace(ctx).id,
    query: request.query ?? '',
  });
  return { count, groups: groups.map((group) => ({ groupValues: [...group.values], count: group.count })) };
};
