/**
 * Whose the payloads of an event or a command are: the workflow's own, or those of an activity, a child or another
 * workflow that it deals with. Codecs and converters are told.
 *
 * I1. The activity of an event is known when the event that scheduled it was read before, in this task or an earlier one.
 */
import type { ActivitySerializationContext, SerializationContext } from '@reprise/common';
import type { Command } from '../machine/encode-command.ts';
import type { HistoryEvent } from '../machine/event-type.ts';
import { localActivityIdOf } from '../machine/markers.ts';

export interface OwnerRun {
  readonly namespace: string;
  readonly workflowId: string;
  /** The activities that have not ended, by the event that scheduled them. */
  readonly activities: Map<number, ActivitySerializationContext>;
}

type Target = { workflowId?: string | null | undefined } | null | undefined;

const contextOfRun = ({ namespace, workflowId }: OwnerRun): SerializationContext => ({
  type: 'workflow',
  namespace,
  workflowId,
});

function contextOfActivity(run: OwnerRun, activityId: string): ActivitySerializationContext {
  const { namespace, workflowId } = run;
  return { type: 'activity', namespace, workflowId, activityId, isLocal: false };
}

const contextOfLocalActivity = (run: OwnerRun, activityId: string): ActivitySerializationContext => ({
  ...contextOfActivity(run, activityId),
  isLocal: true,
});

function contextOfTarget(run: OwnerRun, target: Target, namespace: string | null | undefined): SerializationContext {
  const workflowId = target?.workflowId;
  return workflowId ? { type: 'workflow', namespace: namespace || run.namespace, workflowId } : contextOfRun(run);
}

/** Whose the payloads of an event are. Events are to be asked about in their order. */
export function ownerOfEvent(run: OwnerRun, event: HistoryEvent): SerializationContext {
  return ownerOfActivityEvent(run, event) ?? ownerOfTargetEvent(run, event) ?? contextOfRun(run);
}

function ownerOfActivityEvent(run: OwnerRun, event: HistoryEvent): SerializationContext | undefined {
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) {
    const context = contextOfActivity(run, scheduled.activityId ?? '');
    run.activities.set(event.eventId ?? 0, context);
    return context;
  }
  const ended =
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes;
  if (ended) {
    const context = run.activities.get(ended.scheduledEventId ?? 0);
    run.activities.delete(ended.scheduledEventId ?? 0);
    return context;
  }
  const started = event.activityTaskStartedEventAttributes;
  if (started) return run.activities.get(started.scheduledEventId ?? 0);
  const marker = event.markerRecordedEventAttributes;
  const localId = marker ? localActivityIdOf(marker) : undefined;
  return localId === undefined ? undefined : contextOfLocalActivity(run, localId);
}

function ownerOfTargetEvent(run: OwnerRun, event: HistoryEvent): SerializationContext | undefined {
  const initiated =
    event.startChildWorkflowExecutionInitiatedEventAttributes ?? event.startChildWorkflowExecutionFailedEventAttributes;
  if (initiated) return contextOfTarget(run, initiated, initiated.namespace);
  const other =
    event.childWorkflowExecutionCompletedEventAttributes ??
    event.childWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionCanceledEventAttributes ??
    event.childWorkflowExecutionTimedOutEventAttributes ??
    event.childWorkflowExecutionTerminatedEventAttributes ??
    event.signalExternalWorkflowExecutionInitiatedEventAttributes ??
    event.signalExternalWorkflowExecutionFailedEventAttributes ??
    event.requestCancelExternalWorkflowExecutionFailedEventAttributes;
  return other ? contextOfTarget(run, other.workflowExecution, other.namespace) : undefined;
}

/** Whose the payloads of a command are. */
export function ownerOfCommand(run: OwnerRun, command: Command): SerializationContext {
  const activity = command.scheduleActivityTaskCommandAttributes;
  if (activity) return contextOfActivity(run, activity.activityId ?? '');
  const child = command.startChildWorkflowExecutionCommandAttributes;
  if (child) return contextOfTarget(run, child, child.namespace);
  const signal = command.signalExternalWorkflowExecutionCommandAttributes;
  if (signal) return contextOfTarget(run, signal.execution, signal.namespace);
  const marker = command.recordMarkerCommandAttributes;
  const localId = marker ? localActivityIdOf(marker) : undefined;
  return localId === undefined ? contextOfRun(run) : contextOfLocalActivity(run, localId);
}
