import { activityListQuery } from './activity-list-query.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const countActivityExecutions: WorkflowHandler<'countActivityExecutions'> = async (request, ctx) => {
  const { count, groups } = ctx.visibility.count(activityListQuery(ctx, request.query));
  return { count, groups: groups.map((group) => ({ groupValues: [...group.values], count: group.count })) };
};
