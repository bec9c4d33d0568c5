/** Deployments as they are shown. */
import {
  RoutingConfigUpdateState,
  TaskQueueType,
  type temporal,
  VersionDrainageStatus,
  WorkerDeploymentVersionStatus,
} from '@reprise/proto';
import type { DeploymentRecord, VersionQueue, VersionRecord } from '../../system/deployment/deployment-record.ts';
import { versionText } from '../../system/deployment/version-text.ts';
import type { RpcContext } from '../rpc.ts';
import { toTimestamp } from '../wire-time.ts';

type Summary = temporal.api.deployment.v1.WorkerDeploymentInfo.WorkerDeploymentVersionSummary;
type VersionInfo = temporal.api.deployment.v1.WorkerDeploymentVersionInfo;

export const versionMessage = (deploymentName: string, buildId: string) => ({ deploymentName, buildId });

const time = <Name extends string>(name: Name, ms: number | undefined) =>
  (ms === undefined ? {} : { [name]: toTimestamp(ms) }) as { [Key in Name]?: { seconds: number; nanos: number } };

export const queueTypeOf = (kind: VersionQueue['kind']): TaskQueueType =>
  ({
    workflow: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    activity: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    nexus: TaskQueueType.TASK_QUEUE_TYPE_NEXUS,
  })[kind];

export function routingMessage(record: DeploymentRecord): temporal.api.deployment.v1.RoutingConfig {
  const { current, ramping, rampPercentage, revision } = record.routing;
  return {
    currentVersion: versionText(record.name, current),
    ...(current === '' ? {} : { currentDeploymentVersion: versionMessage(record.name, current) }),
    ...(ramping === undefined ? {} : { rampingVersion: versionText(record.name, ramping) }),
    ...(ramping ? { rampingDeploymentVersion: versionMessage(record.name, ramping) } : {}),
    rampingVersionPercentage: rampPercentage,
    ...time('currentVersionChangedTime', record.routing.currentChangedMs),
    ...time('rampingVersionChangedTime', record.routing.rampingChangedMs),
    ...time('rampingVersionPercentageChangedTime', record.routing.percentageChangedMs),
    revisionNumber: revision,
  };
}

/** When it was looked last whether a version has drained: after a while, and from then on in intervals. */
function lastCheckMs({ clock, config }: RpcContext, deactivationMs: number): number | undefined {
  const firstMs = deactivationMs + config.get('matching.wv.VersionDrainageStatusVisibilityGracePeriod');
  const sinceMs = clock.now() - firstMs;
  if (sinceMs < 0) return undefined;
  const intervalMs = config.get('matching.wv.VersionDrainageStatusRefreshInterval');
  return intervalMs > 0 ? firstMs + Math.floor(sinceMs / intervalMs) * intervalMs : clock.now();
}

/** Drained when no workflow that runs is pinned to the build. */
function drainage(ctx: RpcContext, record: DeploymentRecord, version: VersionRecord) {
  if (version.lastDeactivationMs === undefined) return undefined;
  const changed = toTimestamp(version.lastDeactivationMs);
  const { VERSION_DRAINAGE_STATUS_DRAINING: draining, VERSION_DRAINAGE_STATUS_DRAINED: drained } =
    VersionDrainageStatus;
  const checkMs = lastCheckMs(ctx, version.lastDeactivationMs);
  if (checkMs === undefined) {
    return { status: draining, lastChangedTime: changed, lastCheckedTime: changed };
  }
  const name = `${record.name}:${version.buildId}`.replaceAll("'", "''");
  const query = `TemporalWorkerDeploymentVersion = '${name}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ExecutionStatus = 'Running'`;
  const { count } = ctx.visibility.count({ namespaceId: record.namespaceId, query });
  return { status: count > 0 ? draining : drained, lastChangedTime: changed, lastCheckedTime: toTimestamp(checkMs) };
}

function statusOf(record: DeploymentRecord, version: VersionRecord, drained: boolean): WorkerDeploymentVersionStatus {
  if (record.routing.current === version.buildId)
    return WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT;
  if (record.routing.ramping === version.buildId)
    return WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING;
  if (version.lastDeactivationMs === undefined) {
    const isUnseen = version.createRequestId !== undefined && version.queues.length === 0;
    return isUnseen
      ? WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_CREATED
      : WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE;
  }
  return drained
    ? WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED
    : WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING;
}

function shared(ctx: RpcContext, record: DeploymentRecord, version: VersionRecord) {
  const drain = drainage(ctx, record, version);
  const isDrained = drain?.status === VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED;
  return {
    version: versionText(record.name, version.buildId),
    createTime: toTimestamp(version.createMs),
    deploymentVersion: versionMessage(record.name, version.buildId),
    status: statusOf(record, version, isDrained),
    ...(drain ? { drainageInfo: drain } : {}),
    ...time('currentSinceTime', version.currentSinceMs),
    ...time('rampingSinceTime', version.rampingSinceMs),
  };
}

const undrained = (ms: number) => ({ lastChangedTime: toTimestamp(ms), lastCheckedTime: toTimestamp(ms) });

export function versionSummary(ctx: RpcContext, record: DeploymentRecord, version: VersionRecord): Summary {
  const common = shared(ctx, record, version);
  const { undrainedMs } = version;
  return {
    ...common,
    ...(undrainedMs === undefined ? {} : { drainageInfo: undrained(undrainedMs) }),
    ...(common.drainageInfo ? { drainageStatus: common.drainageInfo.status } : {}),
    ...time('routingUpdateTime', version.routingChangedMs),
    ...time('firstActivationTime', version.firstActivationMs),
    ...time('lastDeactivationTime', version.lastDeactivationMs),
    ...time('lastCurrentTime', version.lastCurrentMs),
  };
}

export function versionInfo(ctx: RpcContext, record: DeploymentRecord, version: VersionRecord): VersionInfo {
  const isRamping = record.routing.ramping === version.buildId;
  return {
    ...shared(ctx, record, version),
    ...time('routingChangedTime', version.routingChangedMs),
    rampPercentage: isRamping ? record.routing.rampPercentage : 0,
    taskQueueInfos: version.queues.map(({ name, kind }) => ({ name, type: queueTypeOf(kind) })),
    ...(Object.keys(version.metadata).length > 0 ? { metadata: { entries: { ...version.metadata } } } : {}),
    lastModifierIdentity: version.lastModifier ?? '',
  };
}

export function deploymentInfo(
  ctx: RpcContext,
  record: DeploymentRecord,
): temporal.api.deployment.v1.WorkerDeploymentInfo {
  const newestFirst = [...record.versions].sort((a, b) => b.createMs - a.createMs);
  return {
    name: record.name,
    versionSummaries: newestFirst.map((version) => versionSummary(ctx, record, version)),
    createTime: toTimestamp(record.createMs),
    routingConfig: routingMessage(record),
    lastModifierIdentity: record.lastModifier,
    managerIdentity: record.manager,
    routingConfigUpdateState: RoutingConfigUpdateState.ROUTING_CONFIG_UPDATE_STATE_COMPLETED,
  };
}
