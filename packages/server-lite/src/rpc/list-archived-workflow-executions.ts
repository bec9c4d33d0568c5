import { invalidArgument } from '../errors.ts';
import type { WorkflowHandler } from './rpc.ts';

export const listArchivedWorkflowExecutions: WorkflowHandler<'listArchivedWorkflowExecutions'> = async () => {
  throw invalidArgument('Cluster is not configured for visibility archival.');
};
