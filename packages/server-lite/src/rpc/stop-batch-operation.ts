import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const stopBatchOperation: WorkflowHandler<'stopBatchOperation'> = async (request, ctx) => {
  ctx.system.batches.end(requireNamespace(ctx).id, request.jobId ?? '', request.reason ?? '');
  return {};
};
