import { PagePlace } from '../../page-token.ts';
import { activityListInfo } from './activity-execution-info.ts';
import { activityListQuery } from './activity-list-query.ts';
import { pageSizeOf } from '../list/page-size.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const listActivityExecutions: WorkflowHandler<'listActivityExecutions'> = async (request, ctx) => {
  // A token that is none is told before a filter that is none.
  PagePlace.read(request.nextPageToken);
  const { records, nextPageToken } = ctx.visibility.list({
    ...activityListQuery(ctx, request.query),
    pageSize: pageSizeOf(ctx, request.pageSize),
    pageToken: request.nextPageToken ?? undefined,
  });
  return { executions: records.map(activityListInfo), nextPageToken };
};
