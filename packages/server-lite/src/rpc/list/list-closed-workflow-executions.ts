import { WorkflowExecutionStatus } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { legacyConditions } from './legacy-filter.ts';
import { listPage } from './list-workflow-executions.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const listClosedWorkflowExecutions: WorkflowHandler<'listClosedWorkflowExecutions'> = async (request, ctx) => {
  const conditions = ["ExecutionStatus != 'Running'", ...legacyConditions(request, 'CloseTime')];
  const status = request.statusFilter?.status;
  const { WORKFLOW_EXECUTION_STATUS_RUNNING: running } = WorkflowExecutionStatus;
  if (request.statusFilter && (!status || status === running)) {
    throw invalidArgument('StatusFilter must be specified and must be not Running.');
  }
  if (status && !(Object.values(WorkflowExecutionStatus) as number[]).includes(status)) {
    throw invalidArgument(`invalid query: invalid expression: invalid ExecutionStatus value '${status}'`);
  }
  if (status) conditions.push(`ExecutionStatus = ${status}`);
  const { maximumPageSize: pageSize, nextPageToken } = request;
  return listPage(ctx, { query: conditions.join(' AND '), pageSize, nextPageToken });
};
