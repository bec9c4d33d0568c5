import { notFound } from '../../errors.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const describeWorker: WorkflowHandler<'describeWorker'> = async (request, ctx) => {
  const key = request.workerInstanceKey ?? '';
  const entry = ctx.system.workers.get(requireNamespace(ctx).id, key);
  if (!entry) throw notFound(`Worker ${key} not found`);
  return { workerInfo: { workerHeartbeat: entry.heartbeat } };
};
