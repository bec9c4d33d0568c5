/** The first event of the run that goes on in the place of one that ends: retry, cron, continue-as-new. */
import { ContinueAsNewInitiator, TaskQueueKind } from '@reprise/proto';
import { continuedVersion, overrideOf, retriedVersion, type VersionReaches } from './inherited-version.ts';
import type { Command, Failure, Payloads, StartedAttributes } from './wire.ts';
import { duration, durationMs, timestamp } from './wire.ts';
import { completedPolicy } from './retry.ts';
import type { Execution } from './execution.ts';
import type { Transition } from './transition.ts';

export type ContinueCommand = NonNullable<Command['continueAsNewWorkflowExecutionCommandAttributes']>;

export interface NextRun {
  readonly initiator: ContinueAsNewInitiator;
  readonly attempt: number;
  /** Between the end of this run and the first task of the next. */
  readonly backoffMs: number;
  readonly failure?: Failure | null | undefined;
  readonly result?: Payloads | null | undefined;
  /** What a continue-as-new command says, with all that it left open filled in. */
  readonly command?: ContinueCommand;
}

/** Fields that every run of a chain has alike. */
const inherited = [
  'parentWorkflowNamespace',
  'parentWorkflowNamespaceId',
  'parentWorkflowExecution',
  'parentInitiatedEventId',
  'parentInitiatedEventVersion',
  'workflowExecutionTimeout',
  'workflowExecutionExpirationTime',
  'rootWorkflowExecution',
  'workflowId',
  'completionCallbacks',
  'priority',
] as const;

/** What a retry or cron run takes over, and a continue-as-new command says itself. */
const repeated = [
  'workflowType',
  'taskQueue',
  'input',
  'header',
  'retryPolicy',
  'cronSchedule',
  'workflowRunTimeout',
  'workflowTaskTimeout',
  'memo',
  'searchAttributes',
  'declinedTargetVersionUpgrade',
] as const;

function copy<Key extends keyof StartedAttributes>(from: StartedAttributes, keys: readonly Key[]): StartedAttributes {
  const copied: StartedAttributes = {};
  for (const key of keys) if (from[key] !== undefined && from[key] !== null) copied[key] = from[key];
  return copied;
}

/** @returns its run id */
export function nextRun(t: Transition, next: NextRun): string {
  const { execution } = t;
  const { started, run } = execution;
  const runId = t.around.uuid();
  const lifeMs = t.nowMs - (execution.startTimeMs + durationMs(started.firstWorkflowTaskBackoff));
  const backoffMs = Math.max(next.backoffMs, t.around.limits.minimalIntervalMs - lifeMs, 0);
  // A command that asks for none says nothing of it, nor does the run that it begins.
  const saysBackoff = backoffMs > 0 || !next.command || Boolean(next.command.backoffStartInterval);
  const points = execution.autoResetPoints.map((point) => ({
    buildId: point.buildId,
    binaryChecksum: point.binaryChecksum,
    runId: point.runId,
    firstWorkflowTaskCompletedId: point.firstCompletedEventId,
    createTime: timestamp(point.createTimeMs),
    expireTime: timestamp(point.expireTimeMs ?? t.nowMs + t.around.retentionMs(run.namespaceId)),
    resettable: point.resettable,
  }));
  const attributes: StartedAttributes = {
    ...copy(started, inherited),
    ...(next.command ? fromCommand(next.command) : copy(started, repeated)),
    ...versionOfNext(t, next),
    ...(next.command ? declinedTarget(execution) : {}),
    continuedExecutionRunId: run.runId,
    initiator: next.initiator,
    originalExecutionRunId: runId,
    firstExecutionRunId: started.firstExecutionRunId ?? run.runId,
    attempt: next.attempt,
    ...(saysBackoff ? { firstWorkflowTaskBackoff: duration(backoffMs) } : {}),
    ...(next.failure ? { continuedFailure: next.failure } : {}),
    ...(next.result ? { lastCompletionResult: next.result } : {}),
    prevAutoResetPoints: { points },
  };
  const { namespaceId, namespace, workflowId } = run;
  t.newRuns.push({
    run: { kind: 'workflow', namespaceId, namespace, workflowId, runId },
    createRequestId: t.around.uuid(),
    attributes,
    extras: { timeMs: t.nowMs, links: execution.startLinks },
  });
  return runId;
}

function versionOfNext({ execution, around }: Transition, { command, initiator }: NextRun): StartedAttributes {
  if (command) {
    const { namespaceId } = execution.run;
    const reaches: VersionReaches = (version, queue) => around.versionReaches(namespaceId, version, queue);
    const heir = { taskQueue: command.taskQueue?.name ?? '', reaches };
    return continuedVersion(execution, heir, command.initialVersioningBehavior ?? 0);
  }
  const isRetry = initiator === ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_RETRY;
  return isRetry ? retriedVersion(execution) : overrideOf(execution);
}

/** What the worker of this run was told of and did not go to, or else what the worker of the run before was. */
function declinedTarget({ versioning }: Execution): StartedAttributes {
  const target = versioning.toldTarget ?? versioning.declinedTarget;
  if (!target) return {};
  return { declinedTargetVersionUpgrade: target.version ? { deploymentVersion: target.version } : {} };
}

function fromCommand(command: ContinueCommand): StartedAttributes {
  return {
    workflowType: command.workflowType,
    taskQueue: { name: command.taskQueue?.name, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    workflowRunTimeout: command.workflowRunTimeout,
    workflowTaskTimeout: command.workflowTaskTimeout,
    ...(command.retryPolicy ? { retryPolicy: completedPolicy(command.retryPolicy) } : {}),
    ...(command.cronSchedule ? { cronSchedule: command.cronSchedule } : {}),
    ...(command.input ? { input: command.input } : {}),
    ...(command.header ? { header: command.header } : {}),
    ...(command.memo ? { memo: command.memo } : {}),
    ...(command.searchAttributes ? { searchAttributes: command.searchAttributes } : {}),
  };
}
