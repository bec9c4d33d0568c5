import { checkNormalName } from '../task/poll-request.ts';
import { partitionName, partitionsPerQueue } from './queue-partition.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { requireTaskQueue } from '../validate.ts';

export const listTaskQueuePartitions: WorkflowHandler<'listTaskQueuePartitions'> = async (request, ctx) => {
  requireNamespace(ctx);
  const queue = requireTaskQueue(request.taskQueue);
  checkNormalName(request.taskQueue);
  const partitions = Array.from({ length: partitionsPerQueue }, (_, part) => ({
    key: partitionName(queue, part),
    ownerHostName: ctx.system.listening.address || 'localhost',
  }));
  return { activityTaskQueuePartitions: partitions, workflowTaskQueuePartitions: partitions };
};
