import { invalidArgument } from '../../errors.ts';
import type { WorkflowHandler } from '../rpc.ts';

const mostPerPage = 10_000;

export const listArchivedWorkflowExecutions: WorkflowHandler<'listArchivedWorkflowExecutions'> = async (request) => {
  if ((request.pageSize ?? 0) > mostPerPage) {
    throw invalidArgument(`PageSize is larger than allowed ${mostPerPage}.`);
  }
  throw invalidArgument('Cluster is not configured for visibility archival.');
};
