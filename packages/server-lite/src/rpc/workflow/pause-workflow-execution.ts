import { unimplemented } from '../../errors.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

/** Off, as the service delivers it. */
export const pauseWorkflowExecution: WorkflowHandler<'pauseWorkflowExecution'> = async (_request, ctx) => {
  throw unimplemented(`workflow pause is not enabled for namespace: ${requireNamespace(ctx).name}`);
};
