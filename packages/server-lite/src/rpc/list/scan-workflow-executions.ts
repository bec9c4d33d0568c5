import { listPage } from './list-workflow-executions.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const scanWorkflowExecutions: WorkflowHandler<'scanWorkflowExecutions'> = async (request, ctx) =>
  listPage(ctx, { ...request, query: request.query ?? '' });
