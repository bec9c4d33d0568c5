import { legacyConditions } from './legacy-filter.ts';
import { listPage } from './list-workflow-executions.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const listOpenWorkflowExecutions: WorkflowHandler<'listOpenWorkflowExecutions'> = async (request, ctx) => {
  const conditions = ["ExecutionStatus = 'Running'", ...legacyConditions(request, 'StartTime')];
  const { maximumPageSize: pageSize, nextPageToken } = request;
  return listPage(ctx, { query: conditions.join(' AND '), pageSize, nextPageToken });
};
