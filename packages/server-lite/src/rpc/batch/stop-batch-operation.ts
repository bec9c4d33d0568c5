import { invalidArgument } from '../../errors.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const stopBatchOperation: WorkflowHandler<'stopBatchOperation'> = async (request, ctx) => {
  const { jobId, reason } = request;
  if (!jobId) throw invalidArgument('JobId is not set on request.');
  if (!reason) throw invalidArgument('Reason is not set on request.');
  ctx.system.batches.end(requireNamespace(ctx).id, jobId, reason);
  return {};
};
