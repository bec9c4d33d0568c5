/**
 * A step is what workflow code did that history remembers, in one vocabulary for both sides: the recorded event, and
 * what the code asks for now.
 */
import type { temporal } from '@reprise/proto';
import { EventType, type HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import { localActivityTypeOf, patchOf } from './markers.ts';

export type StepKind =
  | 'activity'
  | 'localActivity'
  | 'timer'
  | 'child'
  | 'signal'
  | 'cancelOutside'
  | 'nexus'
  | 'patch'
  | 'searchAttributes'
  | 'memo'
  | 'cancelTimer'
  | 'cancelActivity'
  | 'cancelNexus'
  /** A signal that the run was sent. */
  | 'signaled'
  | 'updateAccepted'
  | 'updateCompleted'
  | 'marker'
  /** What happened to the run, and no command made. */
  | 'event'
  | 'complete'
  | 'fail'
  | 'cancel'
  | 'continueAsNew';

export interface Step {
  readonly kind: StepKind;
  /** Activity type, child type, signal name, patch id or the like; empty where the kind says all. */
  readonly name: string;
  /** Workflow id of a child or of another workflow. */
  readonly id?: string;
  /** What people call it, where that is no part of what it is: the name of an update. */
  readonly label?: string;
  /** Of a timer. */
  readonly durationMs?: number;
}

const CLOSING: ReadonlySet<StepKind> = new Set(['complete', 'fail', 'cancel', 'continueAsNew']);

export function isClosingStep({ kind }: Step): boolean {
  return CLOSING.has(kind);
}

/** The same step as far as replay is concerned. */
export function isSameStep(a: Step, b: Step): boolean {
  if (a.kind !== b.kind || a.name !== b.name) return false;
  return a.kind !== 'child' || a.id === undefined || b.id === undefined || a.id === b.id;
}

/** Undefined for events that no command made. */
export function recordedStep(event: HistoryEvent): Step | undefined {
  switch (event.eventType) {
    case EventType.ActivityTaskScheduled:
      return { kind: 'activity', name: event.activityTaskScheduledEventAttributes?.activityType?.name ?? '' };
    case EventType.TimerStarted:
      return timer(event.timerStartedEventAttributes?.startToFireTimeout);
    case EventType.TimerCanceled:
      return { kind: 'cancelTimer', name: '' };
    case EventType.ActivityTaskCancelRequested:
      return { kind: 'cancelActivity', name: '' };
    case EventType.StartChildWorkflowExecutionInitiated: {
      const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
      return { kind: 'child', name: child?.workflowType?.name ?? '', id: child?.workflowId ?? '' };
    }
    case EventType.SignalExternalWorkflowExecutionInitiated: {
      const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
      return { kind: 'signal', name: signal?.signalName ?? '', id: signal?.workflowExecution?.workflowId ?? '' };
    }
    case EventType.MarkerRecorded:
      return markerStep(event);
    default:
      return plainStep(event);
  }
}

function markerStep(event: HistoryEvent): Step {
  const patch = patchOf(event);
  if (patch !== undefined) return { kind: 'patch', name: patch.patchId };
  const localActivity = localActivityTypeOf(event);
  if (localActivity !== undefined) return { kind: 'localActivity', name: localActivity };
  return { kind: 'marker', name: event.markerRecordedEventAttributes?.markerName ?? '' };
}

const PLAIN: Readonly<Record<number, StepKind>> = {
  [EventType.RequestCancelExternalWorkflowExecutionInitiated]: 'cancelOutside',
  [EventType.NexusOperationCancelRequested]: 'cancelNexus',
  [EventType.UpsertWorkflowSearchAttributes]: 'searchAttributes',
  [EventType.WorkflowPropertiesModified]: 'memo',
  [EventType.WorkflowExecutionUpdateAccepted]: 'updateAccepted',
  [EventType.WorkflowExecutionUpdateCompleted]: 'updateCompleted',
  [EventType.WorkflowExecutionCompleted]: 'complete',
  [EventType.WorkflowExecutionFailed]: 'fail',
  [EventType.WorkflowExecutionCanceled]: 'cancel',
};

function plainStep(event: HistoryEvent): Step | undefined {
  const nexus = event.nexusOperationScheduledEventAttributes;
  if (nexus) return { kind: 'nexus', name: `${nexus.service ?? ''}.${nexus.operation ?? ''}` };
  const next = event.workflowExecutionContinuedAsNewEventAttributes;
  if (next) return { kind: 'continueAsNew', name: next.workflowType?.name ?? '' };
  const kind = PLAIN[event.eventType ?? 0];
  if (kind === undefined) return undefined;
  const label = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
  return { kind, name: '', ...(label ? { label } : {}) };
}

function timer(duration: temporal.api.history.v1.TimerStartedEventAttributes['startToFireTimeout']): Step {
  const durationMs = (duration?.seconds ?? 0) * 1000 + (duration?.nanos ?? 0) / 1e6;
  return { kind: 'timer', name: '', durationMs };
}

const INTENT_KINDS: Readonly<Record<Intent['kind'], StepKind>> = {
  startTimer: 'timer',
  cancelTimer: 'cancelTimer',
  scheduleActivity: 'activity',
  cancelActivity: 'cancelActivity',
  scheduleLocalActivity: 'localActivity',
  cancelLocalActivity: 'cancelActivity',
  setPatchMarker: 'patch',
  startChild: 'child',
  cancelChild: 'cancelOutside',
  signalExternal: 'signal',
  cancelSignalExternal: 'cancelOutside',
  cancelExternal: 'cancelOutside',
  scheduleNexusOperation: 'nexus',
  cancelNexusOperation: 'cancelNexus',
  upsertSearchAttributes: 'searchAttributes',
  modifyProperties: 'memo',
  acceptUpdate: 'updateAccepted',
  rejectUpdate: 'updateCompleted',
  completeUpdate: 'updateCompleted',
  answerQuery: 'marker',
  completeWorkflow: 'complete',
  failWorkflow: 'fail',
  cancelWorkflow: 'cancel',
  continueAsNew: 'continueAsNew',
};

/** What the code asks for now. */
export function nowStep(intent: Intent): Step {
  const kind = INTENT_KINDS[intent.kind];
  switch (intent.kind) {
    case 'startTimer':
      return { kind, name: '', durationMs: intent.delayMs };
    case 'scheduleActivity':
    case 'scheduleLocalActivity':
      return { kind, name: intent.activityType };
    case 'startChild':
      return { kind, name: intent.workflowType, id: intent.workflowId };
    case 'continueAsNew':
      return { kind, name: intent.workflowType };
    case 'signalExternal':
      return { kind, name: intent.signalName, id: intent.target.workflowId };
    case 'setPatchMarker':
      return { kind, name: intent.patchId };
    case 'scheduleNexusOperation':
      return { kind, name: `${intent.service}.${intent.operation}` };
    default:
      return { kind, name: '' };
  }
}
