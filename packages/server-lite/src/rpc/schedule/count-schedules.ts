import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { inOlderWords, scheduleQuery } from './schedule-query.ts';

export const countSchedules: WorkflowHandler<'countSchedules'> = async (request, ctx) => {
  const { count, groups } = inOlderWords(request.query, () =>
    ctx.visibility.count(scheduleQuery(requireNamespace(ctx).id, request.query)),
  );
  return { count, groups: groups.map((group) => ({ groupValues: [...group.values], count: group.count })) };
};
