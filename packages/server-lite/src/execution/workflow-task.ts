/**
 * A run's workflow task.
 *
 *   (none) -> scheduled -> started -> (none)
 *
 * Normal tasks are in history. A transient one (attempt > 1 after failures) and a speculative one (for an update on an idle
 * run) hold the next two event ids without writing them, until they complete.
 */
import { enumName, TimeoutType, WorkflowTaskFailedCause } from '@reprise/proto';
import { noteBuildIds } from './build-ids.ts';
import type { Execution } from './execution.ts';
import { noteOwn } from './given-build-ids.ts';
import type { HistoryEvent } from './wire.ts';
import { durationMs, timestampMs } from './wire.ts';

/** A scheduled event was written: a normal task now waits. */
export function applyTaskScheduled(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowTaskScheduledEventAttributes ?? {};
  const sticky = attributes.taskQueue?.kind === 2;
  const scheduledTimeMs = timestampMs(event.eventTime);
  const before = execution.task;
  if (before?.kind === 'started' && before.type !== 'normal') {
    execution.task = { ...before, type: 'normal', scheduledEventId: event.eventId ?? 0 };
    return;
  }
  execution.taskStamp = before ? before.stamp : execution.taskStamp + 1;
  execution.hadTask = true;
  execution.backoffUntilMs = undefined;
  execution.nextTaskAttempt = attributes.attempt ?? 1;
  execution.task = {
    kind: 'scheduled',
    type: 'normal',
    scheduledEventId: event.eventId ?? 0,
    attempt: attributes.attempt ?? 1,
    scheduledTimeMs,
    originalScheduledTimeMs: before?.originalScheduledTimeMs ?? scheduledTimeMs,
    timeoutMs: durationMs(attributes.startToCloseTimeout),
    taskQueue: attributes.taskQueue?.name ?? '',
    normalName: sticky ? (attributes.taskQueue?.normalName ?? '') : undefined,
    startByMs: sticky && execution.sticky ? scheduledTimeMs + execution.sticky.scheduleToStartMs : before?.startByMs,
    stamp: execution.taskStamp,
  };
}

export function applyTaskStarted(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowTaskStartedEventAttributes ?? {};
  const task = execution.task;
  if (!task) throw new TypeError(`expected a scheduled workflow task at event ${event.eventId}, found none`);
  if (task.kind === 'started') {
    execution.task = { ...task, startedEventId: event.eventId ?? 0 };
    return;
  }
  execution.task = {
    ...task,
    kind: 'started',
    startByMs: undefined,
    startedEventId: event.eventId ?? 0,
    startedTimeMs: timestampMs(event.eventTime),
    identity: attributes.identity ?? '',
    requestId: attributes.requestId ?? '',
    ...(attributes.workerVersion
      ? {
          workerVersion: {
            buildId: attributes.workerVersion.buildId ?? '',
            useVersioning: attributes.workerVersion.useVersioning ?? false,
          },
        }
      : {}),
    historySizeBytes: attributes.historySizeBytes ?? 0,
    suggestContinueAsNew: attributes.suggestContinueAsNew ?? false,
    suggestReasons: attributes.suggestContinueAsNewReasons ?? [],
  };
}

export function applyTaskCompleted(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowTaskCompletedEventAttributes ?? {};
  execution.task = undefined;
  execution.nextTaskAttempt = 1;
  execution.taskProblems = 0;
  execution.reportedProblems = [];
  execution.closeAttempted = false;
  execution.lastStartedEventId = attributes.startedEventId ?? 0;
  execution.lastCompletedEventId = event.eventId ?? 0;
  execution.versioning.behavior = attributes.versioningBehavior ?? 0;
  execution.versioning.deploymentName = attributes.workerDeploymentName ?? '';
  execution.versioning.buildId = attributes.deploymentVersion?.buildId ?? '';
  execution.versioning.workerStamp = attributes.workerVersion ? { workerVersion: attributes.workerVersion } : undefined;
  if (execution.versioning.move?.isTaken) execution.versioning.move = undefined;
  noteBuild(execution);
  noteBuildIds(execution);
  noteOwn(execution, 'BuildIds');
  addResetPoint(execution, event);
}

function noteBuild({ versioning }: Execution): void {
  const { workerStamp, deploymentName, buildId } = versioning;
  const stamp = workerStamp?.workerVersion;
  const build = stamp?.buildId ? `${stamp.useVersioning ? 'versioned' : 'unversioned'}:${stamp.buildId}` : undefined;
  if (build && !versioning.builds.includes(build)) versioning.builds = [...versioning.builds, build];
  const version = deploymentName && buildId ? `${deploymentName}:${buildId}` : undefined;
  if (version && !versioning.usedVersions.includes(version))
    versioning.usedVersions = [...versioning.usedVersions, version];
}

/** The first task that each build completes is a point that people reset to. */
function addResetPoint(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowTaskCompletedEventAttributes ?? {};
  const binaryChecksum = attributes.binaryChecksum ?? '';
  const buildId = attributes.deploymentVersion?.buildId ?? attributes.workerVersion?.buildId ?? '';
  const known = execution.autoResetPoints.some(
    (point) => point.buildId === buildId && point.binaryChecksum === binaryChecksum,
  );
  if (known) return;
  if (binaryChecksum !== '') noteOwn(execution, 'BinaryChecksums');
  execution.autoResetPoints = [
    ...execution.autoResetPoints,
    {
      runId: execution.run.runId,
      expireTimeMs: undefined,
      buildId,
      binaryChecksum,
      firstCompletedEventId: event.eventId ?? 0,
      createTimeMs: timestampMs(event.eventTime),
      resettable: execution.children.size === 0,
    },
  ];
}

const says = (problem: string, cause: string): string[] => [`category=${problem}`, `cause=${problem}Cause${cause}`];

/** A failure or timeout that history tells of, as search attributes tell it. */
export function describeTaskProblem(event: HistoryEvent): readonly string[] {
  const failed = event.workflowTaskFailedEventAttributes;
  if (failed) return says('WorkflowTaskFailed', inCamelCase(enumName(WorkflowTaskFailedCause, failed.cause)));
  const { timeoutType } = event.workflowTaskTimedOutEventAttributes ?? {};
  return says('WorkflowTaskTimedOut', inCamelCase(enumName(TimeoutType, timeoutType)));
}

/** `WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND` as `ForceCloseCommand`, as search attributes spell it. */
function inCamelCase(name: string): string {
  const words = name.replace(/^(WORKFLOW_TASK_FAILED_CAUSE|TIMEOUT_TYPE)_/, '').split('_');
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}

/** A failed or timed out task. With a sticky queue the attempt starts over on the normal one. */
export function applyTaskProblem(execution: Execution, options: { countsAttempt: boolean }): void {
  const attempt = execution.task?.attempt ?? execution.nextTaskAttempt;
  execution.task = undefined;
  execution.closeAttempted = false;
  const counts = options.countsAttempt && !execution.sticky;
  if (counts) execution.taskProblems++;
  execution.nextTaskAttempt = counts ? attempt + 1 : 1;
  execution.sticky = undefined;
}
