import type { HistoryEvent } from '@reprise/worker/replay';

import { localActivityData, patchOf } from '../diagnose/markers.ts';
import type { Step } from '../diagnose/step.ts';
import { withMarkerData } from './step-numbers.ts';
import type { EditedHistory } from './edited-history.ts';

/** The history as if the item `key` had been recorded under the name of `step`. */
export function renameStep(history: EditedHistory, key: number, step: Step): EditedHistory {
  return {
    ...history,
    items: history.items.map((item) =>
      item.key === key ? { ...item, event: renamed(item.event, step), isRenamed: true as const } : item,
    ),
  };
}

/** Whether the two can be one step that got another name. */
export function canBeRenamed(from: Step, to: Step): boolean {
  return (
    from.kind === to.kind && ['activity', 'localActivity', 'child', 'signal', 'nexus', 'patch'].includes(from.kind)
  );
}

function renamed(event: HistoryEvent, step: Step): HistoryEvent {
  const activity = event.activityTaskScheduledEventAttributes;
  if (activity) {
    return { ...event, activityTaskScheduledEventAttributes: { ...activity, activityType: { name: step.name } } };
  }
  const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
  if (child) {
    const attributes = { ...child, workflowType: { name: step.name }, workflowId: step.id ?? child.workflowId };
    return { ...event, startChildWorkflowExecutionInitiatedEventAttributes: attributes };
  }
  const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
  if (signal) {
    const workflowExecution = { ...signal.workflowExecution, workflowId: step.id ?? '' };
    const attributes = { ...signal, signalName: step.name, workflowExecution };
    return { ...event, signalExternalWorkflowExecutionInitiatedEventAttributes: attributes };
  }
  const nexus = event.nexusOperationScheduledEventAttributes;
  if (nexus) {
    const [service = '', operation = ''] = step.name.split('.');
    return { ...event, nexusOperationScheduledEventAttributes: { ...nexus, service, operation } };
  }
  return renamedMarker(event, step);
}

function renamedMarker(event: HistoryEvent, step: Step): HistoryEvent {
  const patch = patchOf(event);
  if (patch !== undefined) return withMarkerData(event, { id: step.name, deprecated: patch.deprecated }, 'patch-data');
  return withMarkerData(event, { ...localActivityData(event), activity_type: step.name });
}
