import { DescribeTaskQueueMode, TaskQueueType, type temporal } from '@reprise/proto';
import type { QueueKey, QueueKind } from '../matching/matching.ts';
import { route } from '../system/deployment/route.ts';
import { versionMessage, versionText } from './deployment-message.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from './rpc.ts';
import { pollerMessages, statsByPriority, taskQueueStats } from './task-queue-message.ts';
import { requireTaskQueue } from './validate.ts';

type Response = temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
type Request = temporal.api.workflowservice.v1.DescribeTaskQueueRequest;

export const kindOfType = (type: TaskQueueType | null | undefined): QueueKind => {
  if (type === TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY) return 'activity';
  return type === TaskQueueType.TASK_QUEUE_TYPE_NEXUS ? 'nexus' : 'workflow';
};

export const describeTaskQueue: WorkflowHandler<'describeTaskQueue'> = async (request, ctx) => {
  const namespaceId = requireNamespace(ctx).id;
  const name = requireTaskQueue(request.taskQueue);
  if (request.apiMode === DescribeTaskQueueMode.DESCRIBE_TASK_QUEUE_MODE_ENHANCED) {
    return enhanced(ctx, request, { namespaceId, name });
  }
  const key: QueueKey = { namespaceId, name, kind: kindOfType(request.taskQueueType) };
  const response: Response = { pollers: pollerMessages(ctx, key), ...versioningInfo(ctx, key) };
  if (request.reportStats) {
    response.stats = taskQueueStats(ctx, key);
    response.statsByPriorityKey = statsByPriority(ctx, key);
  }
  if (request.includeTaskQueueStatus) {
    const { approximateBacklogCount } = taskQueueStats(ctx, key);
    response.taskQueueStatus = { backlogCountHint: approximateBacklogCount, ratePerSecond: 100_000, taskIdBlock: {} };
  }
  const config = ctx.system.queueConfigs.get(key);
  if (request.reportConfig && config) response.config = config;
  return response;
};

function versioningInfo(ctx: RpcContext, key: QueueKey): Response {
  const records = ctx.system.deployments.list(key.namespaceId);
  const current = route(records, key, undefined);
  if (!current) return {};
  const { deploymentName, buildId } = current;
  return {
    versioningInfo: {
      currentVersion: versionText(deploymentName, buildId),
      currentDeploymentVersion: versionMessage(deploymentName, buildId),
    },
  };
}

function enhanced(
  ctx: RpcContext,
  request: Request,
  { namespaceId, name }: { namespaceId: string; name: string },
): Response {
  const asked = request.taskQueueTypes?.length
    ? request.taskQueueTypes
    : [
        TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
        TaskQueueType.TASK_QUEUE_TYPE_NEXUS,
      ];
  const typesInfo: Record<string, temporal.api.taskqueue.v1.TaskQueueTypeInfo> = {};
  for (const type of asked) {
    const key = { namespaceId, name, kind: kindOfType(type) };
    typesInfo[String(type)] = {
      ...(request.reportPollers ? { pollers: pollerMessages(ctx, key) } : {}),
      ...(request.reportStats ? { stats: taskQueueStats(ctx, key) } : {}),
    };
  }
  return { versionsInfo: { '': { typesInfo } } };
}
