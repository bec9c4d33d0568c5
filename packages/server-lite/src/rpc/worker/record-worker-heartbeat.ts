import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const recordWorkerHeartbeat: WorkflowHandler<'recordWorkerHeartbeat'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  for (const heartbeat of request.workerHeartbeat ?? []) ctx.system.workers.record(namespace.id, heartbeat);
  return {};
};
