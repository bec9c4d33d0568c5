/** What a worker says of itself to the server, now and then: `temporal.api.worker.v1.WorkerHeartbeat`. */
import { type temporal, WorkerStatus } from '@reprise/proto';
import { spanOfMs } from '../machine/wall-time.ts';
import { SDK_NAME, SDK_VERSION } from '../sdk-version.ts';

type Message = temporal.api.worker.v1.WorkerHeartbeat;
type SlotsMessage = temporal.api.worker.v1.WorkerSlotsInfo;

/** Where a worker runs. The shares go from 0 to 1. */
export interface Host {
  readonly name: string;
  readonly processId: string;
  readonly cpuShare: number;
  readonly memoryShare: number;
}

export interface SlotCounts {
  readonly used: number;
  readonly total: number | undefined;
  readonly supplierKind: string;
  readonly processed: number;
  readonly failed: number;
}

export interface PollerCounts {
  readonly open: number;
  readonly lastTaskMs: number | undefined;
  readonly isAutoscaling: boolean;
}

/** A worker as it is at one moment. */
export interface WorkerSnapshot {
  readonly nowMs: number;
  readonly status: 'running' | 'shuttingDown';
  readonly host: Host;
  readonly cachedRuns: number;
  readonly stickyHits: number;
  readonly stickyMisses: number;
  readonly slots: Readonly<Record<'workflow' | 'activity' | 'localActivity' | 'nexus', SlotCounts>>;
  /** By the names that metrics have for them. */
  readonly pollers: ReadonlyMap<string, PollerCounts>;
}

/** What stays the same as long as a worker lives. */
export interface WorkerProfile {
  readonly instanceKey: string;
  readonly identity: string;
  readonly taskQueue: string;
  readonly deploymentVersion: temporal.api.deployment.v1.WorkerDeploymentVersion | undefined;
  readonly startedMs: number;
  readonly pluginNames: readonly string[];
  /** The kinds of storage drivers that it has. */
  readonly driverTypes: readonly string[];
  /** The same for all workers of a process. */
  readonly groupingKey: string;
}

/** `before` is the snapshot of the heartbeat before this one. */
export function workerHeartbeat(profile: WorkerProfile, now: WorkerSnapshot, before?: WorkerSnapshot): Message {
  const { host, slots, pollers } = now;
  const sticky = pollers.get('sticky_workflow_task');
  return {
    workerInstanceKey: profile.instanceKey,
    workerIdentity: profile.identity,
    hostInfo: {
      hostName: host.name,
      processId: host.processId,
      currentHostCpuUsage: host.cpuShare,
      currentHostMemUsage: host.memoryShare,
      workerGroupingKey: profile.groupingKey,
    },
    taskQueue: profile.taskQueue,
    deploymentVersion: profile.deploymentVersion,
    sdkName: SDK_NAME,
    sdkVersion: SDK_VERSION,
    status: now.status === 'running' ? WorkerStatus.WORKER_STATUS_RUNNING : WorkerStatus.WORKER_STATUS_SHUTTING_DOWN,
    startTime: spanOfMs(profile.startedMs),
    heartbeatTime: spanOfMs(now.nowMs),
    elapsedSinceLastHeartbeat: before === undefined ? undefined : spanOfMs(now.nowMs - before.nowMs),
    workflowTaskSlotsInfo: slotsMessage(slots.workflow, before?.slots.workflow),
    activityTaskSlotsInfo: slotsMessage(slots.activity, before?.slots.activity),
    nexusTaskSlotsInfo: slotsMessage(slots.nexus, before?.slots.nexus),
    localActivitySlotsInfo: slotsMessage(slots.localActivity, before?.slots.localActivity),
    workflowPollerInfo: pollerMessage(pollers.get('workflow_task')),
    workflowStickyPollerInfo: pollerMessage(sticky),
    activityPollerInfo: pollerMessage(pollers.get('activity_task')),
    nexusPollerInfo: pollerMessage(pollers.get('nexus_task')),
    totalStickyCacheHit: now.stickyHits,
    totalStickyCacheMiss: now.stickyMisses,
    currentStickyCacheSize: now.cachedRuns,
    plugins: profile.pluginNames.map((name) => ({ name })),
    drivers: profile.driverTypes.map((type) => ({ type })),
  };
}

function slotsMessage(now: SlotCounts, before: SlotCounts | undefined): SlotsMessage {
  return {
    currentAvailableSlots: now.total === undefined ? 0 : now.total - now.used,
    currentUsedSlots: now.used,
    slotSupplierKind: now.supplierKind,
    totalProcessedTasks: now.processed,
    totalFailedTasks: now.failed,
    lastIntervalProcessedTasks: now.processed - (before?.processed ?? 0),
    lastIntervalFailureTasks: now.failed - (before?.failed ?? 0),
  };
}

function pollerMessage(poller: PollerCounts | undefined): temporal.api.worker.v1.WorkerPollerInfo | undefined {
  if (poller === undefined) return undefined;
  const { open, lastTaskMs, isAutoscaling } = poller;
  return {
    currentPollers: open,
    lastSuccessfulPollTime: lastTaskMs === undefined ? undefined : spanOfMs(lastTaskMs),
    isAutoscaling,
  };
}
