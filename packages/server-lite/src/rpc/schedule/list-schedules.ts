import { pageSizeOf } from '../list/page-size.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { scheduleListInfo } from './schedule-description.ts';
import { inOlderWords, scheduleQuery } from './schedule-query.ts';

export const listSchedules: WorkflowHandler<'listSchedules'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const page = inOlderWords(request.query, () =>
    ctx.visibility.list({
      ...scheduleQuery(namespace.id, request.query),
      pageSize: pageSizeOf(ctx, request.maximumPageSize),
      pageToken: request.nextPageToken ?? undefined,
    }),
  );
  const schedules = page.records.flatMap(({ workflowId }) => {
    const record = ctx.system.schedules.get(namespace.id, workflowId.slice(workflowId.indexOf(':') + 1));
    if (!record) return [];
    return [
      {
        scheduleId: record.id,
        ...(record.memo ? { memo: record.memo } : {}),
        ...(record.searchAttributes ? { searchAttributes: record.searchAttributes } : {}),
        info: scheduleListInfo(record, ctx.system.schedules.times(record)),
      },
    ];
  });
  return { schedules, nextPageToken: page.nextPageToken };
};
