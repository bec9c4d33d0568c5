import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

/** Its sticky queue closes at once, so that the next task of its workflows goes to another worker without waiting. */
export const shutdownWorker: WorkflowHandler<'shutdownWorker'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  if (request.stickyTaskQueue) {
    ctx.system.queues.closeSticky({ namespaceId: namespace.id, name: request.stickyTaskQueue, kind: 'workflow' });
  }
  if (request.workerHeartbeat) ctx.system.workers.record(namespace.id, request.workerHeartbeat);
  return {};
};
