import { TaskQueueKind, type temporal, VersioningBehavior } from '@reprise/proto';
import { executionInfo } from '../list/execution-info.ts';
import { shownSearchAttributes, visibilityRecord } from '../../execution/follow-up.ts';
import { type Execution, isRunning } from '../../execution/execution.ts';
import { runDeadlineMs } from '../../execution/due.ts';
import type { Version } from '../../execution/version.ts';
import { versionText } from '../../system/deployment/version-text.ts';
import { duration, timestampMs } from '../../execution/wire.ts';
import { pendingActivity } from './pending-activity-message.ts';
import { type NexusBlocks, pendingNexusOperation } from './pending-nexus-message.ts';
import { requestRun } from '../request-run.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';
import { toTimestamp } from '../wire-time.ts';

type Response = temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;

/** How the service writes a time that is not set. */
const noTime = { seconds: -62_135_596_800, nanos: 0 };

export const describeWorkflowExecution: WorkflowHandler<'describeWorkflowExecution'> = async (request, ctx) => {
  const run = requestRun(ctx, request.execution);
  const execution = ctx.engine.read(run);
  const nowMs = ctx.clock.now();
  const task = isRunning(execution) || execution.task ? pendingTask(execution) : {};
  return {
    executionConfig: executionConfig(execution),
    workflowExecutionInfo: describedInfo(ctx, execution),
    pendingActivities: [...execution.activities.values()].map((activity) => pendingActivity(activity, nowMs)),
    pendingChildren: [...execution.children.values()].map((child) => ({
      workflowId: child.attributes.workflowId ?? '',
      runId: child.runId,
      workflowTypeName: child.attributes.workflowType?.name ?? '',
      initiatedId: child.initiatedEventId,
      parentClosePolicy: child.attributes.parentClosePolicy,
    })),
    ...task,
    callbacks: [...execution.callbacks.values()].map((callback) => ({
      callback: callback.callback,
      trigger: { workflowClosed: {} },
      registrationTime: toTimestamp(callback.registeredTimeMs),
      state: callback.state as 1,
      attempt: callback.attempt,
      ...(callback.lastAttemptMs === undefined ? {} : { lastAttemptCompleteTime: toTimestamp(callback.lastAttemptMs) }),
      ...(callback.lastFailure ? { lastAttemptFailure: callback.lastFailure } : {}),
      ...(callback.nextAttemptMs === undefined ? {} : { nextAttemptScheduleTime: toTimestamp(callback.nextAttemptMs) }),
    })),
    pendingNexusOperations: [...execution.nexusOperations.values()].map((operation) =>
      pendingNexusOperation(
        operation,
        nexusBlocks(ctx, execution.run.namespaceId, operation.attributes.endpoint ?? ''),
      ),
    ),
    workflowExtendedInfo: extendedInfo(execution),
  };
};

function nexusBlocks(ctx: RpcContext, namespaceId: string, endpoint: string): NexusBlocks {
  const isOpen = (purpose: 'start' | 'cancel'): boolean =>
    !ctx.system.nexusBreakers.of(purpose, namespaceId, endpoint).isClosed(ctx.clock.now());
  return { start: isOpen('start'), cancel: isOpen('cancel') };
}

function executionConfig(execution: Execution): NonNullable<Response['executionConfig']> {
  const { options, started, userMetadata } = execution;
  return {
    taskQueue: { name: options.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    ...(started.workflowExecutionTimeout ? { workflowExecutionTimeout: started.workflowExecutionTimeout } : {}),
    ...(started.workflowRunTimeout ? { workflowRunTimeout: duration(options.runTimeoutMs) } : {}),
    defaultWorkflowTaskTimeout: duration(options.taskTimeoutMs),
    ...(userMetadata ? { userMetadata } : {}),
  };
}

type ResetPoint = Execution['autoResetPoints'][number];

/** A run that was continued tells until when its own points can be reset to. */
function pointExpiresMs(ctx: RpcContext, { run, closed }: Execution, point: ResetPoint): number | undefined {
  if (point.expireTimeMs !== undefined || !closed?.newRunId || point.runId !== run.runId) return point.expireTimeMs;
  const retentionMs = ctx.namespaces.byId(run.namespaceId)?.retentionMs;
  return retentionMs === undefined ? undefined : timestampMs(closed.event.eventTime) + retentionMs;
}

function describedInfo(ctx: RpcContext, execution: Execution): NonNullable<Response['workflowExecutionInfo']> {
  const { run, started, options } = execution;
  const info = executionInfo(visibilityRecord(execution));
  const parent = started.parentWorkflowExecution ? { parentNamespaceId: started.parentWorkflowNamespaceId } : {};
  const points = execution.autoResetPoints.map((point) => {
    const expiresMs = pointExpiresMs(ctx, execution, point);
    return {
      buildId: point.buildId,
      binaryChecksum: point.binaryChecksum,
      runId: point.runId,
      firstWorkflowTaskCompletedId: point.firstCompletedEventId,
      createTime: toTimestamp(point.createTimeMs),
      ...(expiresMs === undefined ? {} : { expireTime: toTimestamp(expiresMs) }),
      resettable: point.resettable,
    };
  });
  return {
    ...info,
    memo: execution.memo.size > 0 ? { fields: Object.fromEntries(execution.memo) } : {},
    searchAttributes: { indexedFields: shownSearchAttributes(execution) },
    historyLength: execution.nextEventId - 1,
    historySizeBytes: execution.historySizeBytes,
    stateTransitionCount: execution.transitionCount,
    autoResetPoints: { points },
    firstRunId: started.firstExecutionRunId ?? run.runId,
    ...parent,
    ...(options.priority ? { priority: options.priority } : {}),
    ...(execution.versioning.workerStamp?.workerVersion
      ? { mostRecentWorkerVersionStamp: execution.versioning.workerStamp.workerVersion }
      : {}),
    ...versioningInfo(execution),
  };
}

function versioningInfo(
  execution: Execution,
): Pick<NonNullable<Response['workflowExecutionInfo']>, 'versioningInfo' | 'workerDeploymentName'> {
  const { behavior, deploymentName, buildId, wasOverridden, revision, initialBehavior, move } = execution.versioning;
  const override = execution.options.versioningOverride;
  if (!behavior && !override && !wasOverridden && !move) return {};
  const nameInEffect = override?.pinned?.version?.deploymentName || deploymentName;
  const deployed = behavior
    ? {
        behavior: behavior as 1,
        deploymentVersion: { deploymentName, buildId },
        version: `${deploymentName}.${buildId}`,
        ...(initialBehavior ? { continueAsNewInitialVersioningBehavior: initialBehavior } : {}),
      }
    : {};
  return {
    versioningInfo: {
      ...deployed,
      ...(revision > 0 ? { revisionNumber: revision } : {}),
      ...(move ? movedTo(move.to) : {}),
      ...(override ? { versioningOverride: shownOverride(override) } : {}),
    },
    ...(nameInEffect ? { workerDeploymentName: nameInEffect } : {}),
  };
}

/** With the older field for the same thing beside it. */
function movedTo(to: Version | undefined) {
  const version = versionText(to?.deploymentName ?? '', to?.buildId ?? '');
  return { versionTransition: { version, ...(to ? { deploymentVersion: to } : {}) } };
}

/** With the older field for the same thing beside it. */
function shownOverride(override: NonNullable<Execution['options']['versioningOverride']>) {
  if (override.autoUpgrade) return { behavior: VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE, ...override };
  if (!override.pinned?.version) return override;
  const { deploymentName, buildId } = override.pinned.version;
  const pinnedVersion = `${deploymentName}.${buildId}`;
  return { behavior: VersioningBehavior.VERSIONING_BEHAVIOR_PINNED, pinnedVersion, ...override };
}

function pendingTask(execution: Execution): Pick<Response, 'pendingWorkflowTask'> {
  const { task } = execution;
  if (!task) return {};
  return {
    pendingWorkflowTask: {
      state: task.kind === 'started' ? 2 : 1,
      scheduledTime: toTimestamp(task.scheduledTimeMs),
      originalScheduledTime: toTimestamp(task.originalScheduledTimeMs),
      ...(task.kind === 'started' ? { startedTime: toTimestamp(task.startedTimeMs) } : {}),
      attempt: task.attempt,
    },
  };
}

function extendedInfo(execution: Execution): NonNullable<Response['workflowExtendedInfo']> {
  const { options } = execution;
  const requestIdInfos = Object.fromEntries(
    [...execution.requests].map(([id, { eventType, eventId, buffered }]) => [
      id,
      { eventType: eventType as 1, eventId, buffered },
    ]),
  );
  const runDueMs =
    options.runTimeoutMs > 0
      ? runDeadlineMs({ ...execution, options: { ...options, executionExpiresMs: 0 } })
      : undefined;
  return {
    ...(options.executionExpiresMs > 0 ? { executionExpirationTime: toTimestamp(options.executionExpiresMs) } : {}),
    runExpirationTime: runDueMs === undefined ? noTime : toTimestamp(runDueMs),
    cancelRequested: execution.cancelRequested,
    ...(execution.lastResetTimeMs === undefined ? {} : { lastResetTime: toTimestamp(execution.lastResetTimeMs) }),
    originalStartTime: toTimestamp(execution.startTimeMs),
    ...(execution.resetRunId ? { resetRunId: execution.resetRunId } : {}),
    requestIdInfos,
  };
}
