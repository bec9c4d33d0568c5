import {
  BuildIdTaskReachability,
  DescribeTaskQueueMode,
  RateLimitSource,
  TaskQueueKind,
  TaskQueueType,
  type temporal,
} from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { QueueKey, QueueKind } from '../../matching/matching.ts';
import { unversionedLane } from '../../matching/poll-lane.ts';
import { speaker } from '../../system/deployment/route.ts';
import { versionText } from '../../system/deployment/version-text.ts';
import { versionMessage } from '../deployment/deployment-message.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { checkNormalName } from '../task/poll-request.ts';
import { readPartition } from './queue-partition.ts';
import { pollerMessages, statsByPriority, taskQueueStats, versionPollers, versionStats } from './task-queue-message.ts';

import { requireTaskQueue } from '../validate.ts';
import { toTimestamp } from '../wire-time.ts';

type Response = temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
type Request = temporal.api.workflowservice.v1.DescribeTaskQueueRequest;

export const kindOfType = (type: TaskQueueType | null | undefined): QueueKind => {
  if (type === TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY) return 'activity';
  return type === TaskQueueType.TASK_QUEUE_TYPE_NEXUS ? 'nexus' : 'workflow';
};

/** What the service lets through at most, as it is delivered. */
const mostPerSecond = 4000;
/** The ids that the service sets aside for a queue's tasks when it is loaded. */
const taskIdBlock = { startId: 1, endId: 100_000 };
const zeroTime = { seconds: -62_135_596_800 };

export const describeTaskQueue: WorkflowHandler<'describeTaskQueue'> = async (request, ctx) => {
  const namespaceId = requireNamespace(ctx).id;
  if (request.apiMode === DescribeTaskQueueMode.DESCRIBE_TASK_QUEUE_MODE_ENHANCED) {
    return enhanced(ctx, request, { namespaceId, name: enhancedName(request) });
  }
  const partition = readPartition(request.taskQueue?.name ?? '');
  const name = requireTaskQueue(partition ? { name: partition.name } : request.taskQueue);
  checkNormalName(request.taskQueue);
  const key: QueueKey = { namespaceId, name, kind: kindOfType(request.taskQueueType) };
  const isSticky = request.taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  const response: Response = {
    ...(isSticky ? {} : { versioningInfo: versioningInfo(ctx, key) }),
    effectiveRateLimit: effectiveRateLimit(ctx, key),
  };
  if (!partition) response.pollers = pollerMessages(ctx, key);
  if (request.reportStats) {
    if (partition) throw invalidArgument('DescribeTaskQueue stats are only supported for the root partition');
    response.stats = taskQueueStats(ctx, key);
    response.statsByPriorityKey = statsByPriority(ctx, key);
  }
  if (request.includeTaskQueueStatus) {
    const backlogCountHint = partition ? 0 : taskQueueStats(ctx, key).approximateBacklogCount;
    const ratePerSecond = response.effectiveRateLimit?.requestsPerSecond ?? mostPerSecond;
    response.taskQueueStatus = { backlogCountHint, ratePerSecond, taskIdBlock };
  }
  const config = ctx.system.queueConfigs.get(key);
  if (request.reportConfig && config) response.config = config;
  return response;
};

function effectiveRateLimit(ctx: RpcContext, key: QueueKey): NonNullable<Response['effectiveRateLimit']> {
  const ofApi = ctx.system.queueConfigs.get(key)?.queueRateLimit?.rateLimit;
  const limitOfApi = ofApi ? (ofApi.requestsPerSecond ?? 0) : undefined;
  const limit = ctx.system.queues.existing(key)?.tasksPerSecond ?? limitOfApi;
  if (limit === undefined || limit > mostPerSecond) {
    return { requestsPerSecond: mostPerSecond, rateLimitSource: RateLimitSource.RATE_LIMIT_SOURCE_SYSTEM };
  }
  const rateLimitSource = ofApi ? RateLimitSource.RATE_LIMIT_SOURCE_API : RateLimitSource.RATE_LIMIT_SOURCE_WORKER;
  return { requestsPerSecond: limit, rateLimitSource };
}

function versioningInfo(ctx: RpcContext, key: QueueKey): temporal.api.taskqueue.v1.TaskQueueVersioningInfo {
  const record = speaker(ctx.system.deployments.list(key.namespaceId), key);
  if (!record) return { currentVersion: versionText('', ''), updateTime: zeroTime };
  const { current, currentChangedMs, ramping, rampPercentage, rampingChangedMs } = record.routing;
  const updatedMs = Math.max(currentChangedMs ?? 0, ramping === undefined ? 0 : (rampingChangedMs ?? 0));
  const version = current === '' ? {} : { currentDeploymentVersion: versionMessage(record.name, current) };
  const ramp =
    ramping === undefined
      ? {}
      : {
          rampingVersion: versionText(record.name, ramping),
          ...(ramping === '' ? {} : { rampingDeploymentVersion: versionMessage(record.name, ramping) }),
          rampingVersionPercentage: rampPercentage,
        };
  return {
    currentVersion: versionText(record.name, current),
    ...version,
    ...ramp,
    updateTime: updatedMs === 0 ? zeroTime : toTimestamp(updatedMs),
  };
}

const mostReachabilityBuilds = 5;

/** @throws ServiceError INVALID_ARGUMENT */
function enhancedName({ taskQueue, versions, reportTaskReachability }: Request): string {
  const name = requireTaskQueue(taskQueue);
  checkNormalName(taskQueue);
  if (reportTaskReachability && (versions?.buildIds?.length ?? 0) > mostReachabilityBuilds) {
    throw invalidArgument(
      `Too many build ids queried at once with ReportTaskReachability==true, limit: ${mostReachabilityBuilds}`,
    );
  }
  if (taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY) {
    throw invalidArgument(
      'Enhanced DescribeTaskQueue is not valid for a sticky queue, use api_mode=UNSPECIFIED or a normal queue.',
    );
  }
  return name;
}

function enhanced(
  ctx: RpcContext,
  request: Request,
  { namespaceId, name }: { namespaceId: string; name: string },
): Response {
  const types = request.taskQueueTypes?.length
    ? request.taskQueueTypes
    : [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY];
  const keys = types.map((type) => ({ type, key: { namespaceId, name, kind: kindOfType(type) } }));
  const versionsInfo: Record<string, temporal.api.taskqueue.v1.TaskQueueVersionInfo> = {};
  for (const buildId of chosenBuildIds(
    ctx,
    request,
    keys.map(({ key }) => key),
  )) {
    const version = laneNamed(buildId);
    const typesInfo: Record<string, temporal.api.taskqueue.v1.TaskQueueTypeInfo> = {};
    for (const { type, key } of keys) {
      typesInfo[String(type)] = {
        ...(request.reportPollers ? { pollers: versionPollers(ctx, key, version) } : {}),
        ...(request.reportStats ? { stats: versionStats(ctx, key, version) } : {}),
      };
    }
    versionsInfo[buildId] = { typesInfo, ...(request.reportTaskReachability ? reachability(buildId) : {}) };
  }
  return { versionsInfo };
}

/** Without a choice: the workers without a version, under ''. */
function chosenBuildIds(ctx: RpcContext, { versions }: Request, keys: readonly QueueKey[]): ReadonlySet<string> {
  if (!versions) return new Set([unversionedLane]);
  const chosen = new Set(versions.buildIds ?? []);
  if (versions.unversioned) chosen.add(unversionedLane);
  if (!versions.allActive) return chosen;
  for (const key of keys) {
    for (const lane of ctx.system.queues.existing(key)?.lanes.keys() ?? [])
      if (lane !== unversionedLane) chosen.add(lane);
  }
  return chosen;
}

/** A version may be named with a dot or a colon between deployment and build. */
function laneNamed(buildId: string): string {
  return buildId.includes(':') ? buildId : buildId.replace('.', ':');
}

/** By the older rules of versioning, of which there are none: all goes to workers without a version. */
const reachability = (buildId: string) => ({
  taskReachability:
    buildId === unversionedLane
      ? BuildIdTaskReachability.BUILD_ID_TASK_REACHABILITY_REACHABLE
      : BuildIdTaskReachability.BUILD_ID_TASK_REACHABILITY_UNREACHABLE,
});
