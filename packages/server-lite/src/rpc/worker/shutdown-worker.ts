import { TaskQueueType } from '@reprise/proto';
import type { QueueKind } from '../../matching/matching.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { kindOfType } from '../task-queue/describe-task-queue.ts';

type Request = Parameters<WorkflowHandler<'shutdownWorker'>>[0];

/** Its sticky queue closes at once, so that the next task of its workflows goes to another worker without waiting. */
export const shutdownWorker: WorkflowHandler<'shutdownWorker'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  if (ctx.config.get('frontend.enableCancelWorkerPollsOnShutdown')) endPolls(ctx, namespace.id, request);
  if (request.stickyTaskQueue) {
    ctx.system.queues.closeSticky({ namespaceId: namespace.id, name: request.stickyTaskQueue, kind: 'workflow' });
  }
  if (request.workerHeartbeat) ctx.system.workers.record(namespace.id, request.workerHeartbeat);
  return {};
};

/** Its polls end, and it is no longer told as one who polls. */
function endPolls(ctx: RpcContext, namespaceId: string, request: Request): void {
  const { workerInstanceKey, taskQueue: name, identity } = request;
  if (!workerInstanceKey || !name) return;
  const { queues } = ctx.system;
  queues.gone.add(workerInstanceKey, Date.now());
  queues.endPolls((poll) => poll.workerInstanceKey === workerInstanceKey);
  if (!identity) return;
  for (const kind of kindsOf(request)) queues.existing({ namespaceId, name, kind })?.pollers.forget(identity);
}

function kindsOf({ taskQueueTypes }: Request): QueueKind[] {
  if (taskQueueTypes?.length) return taskQueueTypes.map((type) => kindOfType(type));
  return [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY].map(kindOfType);
}
