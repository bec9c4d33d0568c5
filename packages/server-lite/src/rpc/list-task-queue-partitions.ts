import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { requireTaskQueue } from './validate.ts';

/** Queues are not partitioned here: each is its own only partition. */
export const listTaskQueuePartitions: WorkflowHandler<'listTaskQueuePartitions'> = async (request, ctx) => {
  requireNamespace(ctx);
  const partition = { key: requireTaskQueue(request.taskQueue), ownerHostName: 'localhost' };
  return { activityTaskQueuePartitions: [partition], workflowTaskQueuePartitions: [partition] };
};
