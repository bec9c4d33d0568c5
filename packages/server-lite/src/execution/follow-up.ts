/** What must follow a transition: derived from its facts and the state that they left. */
import { ContinueAsNewVersioningBehavior, ParentClosePolicy, VersioningBehavior } from '@reprise/proto';
import { buildIdsOf } from './build-ids.ts';
import { behaviorInEffect, isPinned, versionInEffect } from './effective-version.ts';
import type { Effect, Routing, VisibilityRecord } from './effects.ts';
import { eventName, type EventName } from './event-kinds.ts';
import type { Activity } from './activity-state.ts';
import { isRunning, type Execution } from './execution.ts';
import type { Fact } from './facts.ts';
import { mergedPriority } from './priority.ts';
import { ownActivityId } from './standalone.ts';
import { standaloneRecord } from './standalone-record.ts';
import type { HistoryEvent, Payload } from './wire.ts';
import { durationMs, timestampMs } from './wire.ts';

const listed: ReadonlySet<EventName> = new Set<EventName>([
  'started',
  'completed',
  'failed',
  'timedOut',
  'canceled',
  'terminated',
  'continuedAsNew',
  'searchAttributesUpserted',
  'propertiesModified',
  'taskCompleted',
  'optionsUpdated',
]);

const listedNotes: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'activityPaused',
  'activityUnpaused',
  'activityReset',
  'problemsReported',
]);

export function followUps(execution: Execution, facts: readonly Fact[]): Effect[] {
  const { run } = execution;
  if (execution.standalone) return standaloneFollowUps(execution, facts);
  const effects: Effect[] = [];
  let isListed = false;
  let wroteEvents = false;
  let offersTask = false;
  for (const fact of facts) {
    if (fact.kind === 'taskScheduledQuietly' || fact.kind === 'taskRequeued') offersTask = true;
    if (listedNotes.has(fact.kind)) isListed = true;
    if (fact.kind === 'activityDue' || fact.kind === 'activityOffered')
      effects.push(...offerActivity(execution, fact.scheduledEventId));
    if (fact.kind !== 'event' && fact.kind !== 'buffered') continue;
    const { event } = fact;
    const name = eventName(event);
    if (fact.kind === 'event') wroteEvents = true;
    if (listed.has(name)) isListed = true;
    const eventId = event.eventId ?? 0;
    if (name === 'taskScheduled') offersTask = true;
    else if (name === 'activityScheduled') effects.push(...offerActivity(execution, eventId));
    else if (name === 'childInitiated') effects.push({ kind: 'startChild', run, initiatedEventId: eventId });
    else if (name === 'signalExternalInitiated')
      effects.push({ kind: 'signalExternal', run, initiatedEventId: eventId });
    else if (name === 'cancelExternalInitiated')
      effects.push({ kind: 'cancelExternal', run, initiatedEventId: eventId });
    else if (name === 'nexusScheduled') effects.push({ kind: 'startNexusOperation', run, scheduledEventId: eventId });
    else if (name === 'nexusCancelRequested' || name === 'nexusStarted') effects.push(...cancelNexus(execution, event));
    else if (name === 'updateAccepted' || name === 'updateCompleted') {
      effects.push({ kind: 'notifyUpdate', run, updateId: updateIdOf(event) });
    }
  }
  if (offersTask) effects.push(...offerTask(execution));
  if (isListed) effects.push({ kind: 'recordVisibility', run, record: visibilityRecord(execution) });
  if (wroteEvents || offersTask) effects.push({ kind: 'notifyHistory', run });
  if (!isRunning(execution) && wroteEvents) effects.push(...afterClose(execution));
  return effects;
}

function standaloneFollowUps(execution: Execution, facts: readonly Fact[]): Effect[] {
  const { run } = execution;
  const effects: Effect[] = [];
  for (const { kind } of facts) {
    if (kind === 'standaloneStarted' || kind === 'activityDue')
      effects.push(...offerActivity(execution, ownActivityId));
    if (kind === 'standaloneStarted' || kind === 'standaloneClosed') {
      effects.push({ kind: 'recordVisibility', run, record: visibilityRecord(execution) });
    }
  }
  if (facts.length > 0) effects.push({ kind: 'notifyHistory', run });
  return effects;
}

function cancelNexus(execution: Execution, event: HistoryEvent): Effect[] {
  const scheduledEventId =
    event.nexusOperationCancelRequestedEventAttributes?.scheduledEventId ??
    event.nexusOperationStartedEventAttributes?.scheduledEventId ??
    0;
  const operation = execution.nexusOperations.get(scheduledEventId);
  if (operation?.state !== 'started' || operation.cancel?.state !== 'scheduled') return [];
  return [{ kind: 'cancelNexusOperation', run: execution.run, scheduledEventId }];
}

function updateIdOf(event: Extract<Fact, { kind: 'event' }>['event']): string {
  return (
    event.workflowExecutionUpdateAcceptedEventAttributes?.protocolInstanceId ??
    event.workflowExecutionUpdateCompletedEventAttributes?.meta?.updateId ??
    ''
  );
}

/** Everything that a run still has to do, for when nobody remembers what was done. */
export function outstanding(execution: Execution): Effect[] {
  const { run } = execution;
  if (!isRunning(execution)) return afterClose(execution);
  const effects: Effect[] = [...offerTask(execution)];
  for (const activity of execution.activities.values()) {
    if (activity.state === 'scheduled') effects.push(...offerActivity(execution, activity.scheduledEventId));
  }
  for (const child of execution.children.values()) {
    if (!child.started) effects.push({ kind: 'startChild', run, initiatedEventId: child.initiatedEventId });
  }
  for (const { initiatedEventId } of execution.outgoingSignals.values()) {
    effects.push({ kind: 'signalExternal', run, initiatedEventId });
  }
  for (const { initiatedEventId } of execution.outgoingCancels.values()) {
    effects.push({ kind: 'cancelExternal', run, initiatedEventId });
  }
  for (const operation of execution.nexusOperations.values()) {
    if (operation.state === 'scheduled') {
      effects.push({ kind: 'startNexusOperation', run, scheduledEventId: operation.scheduledEventId });
    }
    if (operation.state === 'started' && operation.cancel?.state === 'scheduled') {
      effects.push({ kind: 'cancelNexusOperation', run, scheduledEventId: operation.scheduledEventId });
    }
  }
  return effects;
}

const useRamping = ContinueAsNewVersioningBehavior.CONTINUE_AS_NEW_VERSIONING_BEHAVIOR_USE_RAMPING_VERSION;

export function routingOf(execution: Execution): Routing {
  const { workflowId } = execution.run;
  const override = execution.options.versioningOverride;
  const pinned = override?.pinned?.version;
  if (pinned) {
    return {
      behavior: 'pinned',
      deploymentName: pinned.deploymentName ?? '',
      buildId: pinned.buildId ?? '',
      workflowId,
    };
  }
  const { deploymentName, buildId, initialBehavior } = execution.versioning;
  if (isPinned(execution)) return { behavior: 'pinned', deploymentName, buildId, workflowId };
  const follows = behaviorInEffect(execution) === VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE;
  const prefersRamping = initialBehavior === useRamping && execution.lastCompletedEventId === 0;
  return {
    behavior: follows ? 'autoUpgrade' : 'unversioned',
    workflowId,
    ...(prefersRamping ? { prefersRamping } : {}),
  };
}

function offerTask(execution: Execution): Effect[] {
  const { run, task } = execution;
  if (task?.kind !== 'scheduled') return [];
  return [
    {
      kind: 'dispatchWorkflowTask',
      run,
      taskQueue: task.taskQueue,
      ...(task.normalName === undefined ? {} : { normalName: task.normalName }),
      scheduledEventId: task.scheduledEventId,
      attempt: task.attempt,
      stamp: task.stamp,
      scheduledTimeMs: task.scheduledTimeMs,
      priority: execution.options.priority ?? null,
      routing: routingOf(execution),
    },
  ];
}

function offerActivity(execution: Execution, scheduledEventId: number): Effect[] {
  const activity = execution.activities.get(scheduledEventId);
  if (activity?.state !== 'scheduled' || activity.pause) return [];
  const expiresAtMs = expiry(activity);
  return [
    {
      kind: 'dispatchActivityTask',
      run: execution.run,
      taskQueue: activity.options.taskQueue,
      scheduledEventId,
      activityId: activity.activityId,
      attempt: activity.attempt,
      stamp: activity.stamp,
      scheduledTimeMs: activity.attemptTimeMs,
      priority: mergedPriority(execution.options.priority, activity.options.priority) ?? null,
      routing: routingOf(execution),
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    },
  ];
}

function expiry(activity: Activity): number | undefined {
  const toStart = durationMs(activity.options.scheduleToStart);
  return toStart > 0 ? activity.attemptTimeMs + toStart : undefined;
}

function afterClose(execution: Execution): Effect[] {
  const { run } = execution;
  const effects: Effect[] = [];
  const hasParent = Boolean(execution.started.parentWorkflowExecution);
  if (hasParent && !execution.closed?.newRunId && !execution.parentTold && !execution.reset) {
    effects.push({ kind: 'reportChildClosed', run });
  }
  if (!execution.reset) {
    for (const child of execution.children.values()) {
      const policy = child.attributes.parentClosePolicy;
      if (child.policyApplied || policy === ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON) continue;
      effects.push({ kind: 'applyParentClosePolicy', run, initiatedEventId: child.initiatedEventId });
    }
  }
  if (!execution.closed?.newRunId) {
    for (const callback of execution.callbacks.values()) {
      if (callback.state === 1) effects.push({ kind: 'deliverCallback', run, callbackId: callback.id });
    }
  }
  return effects;
}

const encoder = new TextEncoder();

/** The custom ones, and those that the service sets for what the run has done. */
export function shownSearchAttributes(execution: Execution): { [key: string]: Payload } {
  const shown = Object.fromEntries([...execution.searchAttributes].filter(([, payload]) => payload.data !== undefined));
  const put = (name: string, type: string, value: unknown): void => {
    if (execution.versioning.given.has(name)) return;
    shown[name] = {
      metadata: { encoding: encoder.encode('json/plain'), type: encoder.encode(type) },
      data: encoder.encode(JSON.stringify(value)),
    };
  };
  if (execution.pausedTypes) {
    const types = execution.pausedTypes.map((type) => `property:activityType=${type}`);
    // When the last pause has ended, the attribute stays, without a value.
    put('TemporalPauseInfo', 'KeywordList', types.length > 0 ? types : null);
  }
  if (execution.reportedProblems.length > 0) put('TemporalReportedProblems', 'KeywordList', execution.reportedProblems);
  const buildIds = buildIdsOf(execution);
  // What once had builds keeps the attribute, without a value.
  if (buildIds.length > 0 || execution.versioning.hadBuildIds) {
    put('BuildIds', 'KeywordList', buildIds.length > 0 ? buildIds : null);
  }
  const checksums = execution.autoResetPoints.map((point) => point.binaryChecksum).filter((sum) => sum !== '');
  if (checksums.length > 0) put('BinaryChecksums', 'KeywordList', checksums);
  const behavior = behaviorInEffect(execution);
  if (behavior) put('TemporalWorkflowVersioningBehavior', 'Keyword', isPinned(execution) ? 'Pinned' : 'AutoUpgrade');
  const version = versionInEffect(execution);
  if (version) {
    put('TemporalWorkerDeployment', 'Keyword', version.deploymentName);
    put('TemporalWorkerDeploymentVersion', 'Keyword', `${version.deploymentName}:${version.buildId}`);
  }
  const { usedVersions } = execution.versioning;
  if (usedVersions.length > 0) put('TemporalUsedWorkerDeploymentVersions', 'KeywordList', usedVersions);
  return shown;
}

export function visibilityRecord(execution: Execution): VisibilityRecord {
  if (execution.standalone) return standaloneRecord(execution);
  const { run, started, closed } = execution;
  const parent = started.parentWorkflowExecution;
  const root = started.rootWorkflowExecution;
  const backoffMs = durationMs(started.firstWorkflowTaskBackoff);
  return {
    runKey: run.key,
    namespaceId: run.namespaceId,
    workflowId: run.workflowId,
    runId: run.runId,
    workflowType: started.workflowType?.name ?? '',
    taskQueue: execution.options.taskQueue,
    status: execution.status,
    startTimeMs: execution.startTimeMs,
    executionTimeMs: execution.startTimeMs + backoffMs,
    rootWorkflowId: root?.workflowId ?? run.workflowId,
    rootRunId: root?.runId ?? run.runId,
    ...(parent?.workflowId ? { parentWorkflowId: parent.workflowId, parentRunId: parent.runId ?? '' } : {}),
    ...(closed
      ? {
          closeTimeMs: timestampMs(closed.event.eventTime),
          historyLength: execution.nextEventId - 1,
          historySizeBytes: execution.historySizeBytes,
          stateTransitionCount: execution.transitionCount,
        }
      : {}),
    memo: { fields: Object.fromEntries(execution.memo) },
    searchAttributes: { indexedFields: shownSearchAttributes(execution) },
  };
}
