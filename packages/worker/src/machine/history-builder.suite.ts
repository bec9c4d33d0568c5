/** Histories for tests, written as the events that matter; ids and times follow from the order. */
import { EventType, type EventTypeName, type HistoryEvent } from './event-type.ts';

export type EventSpec = readonly [type: EventTypeName, attributes?: object];

/** `workflowTask` is its three events: scheduled, started, completed. */
export const workflowTask: readonly EventSpec[] = [
  ['WorkflowTaskScheduled'],
  ['WorkflowTaskStarted'],
  ['WorkflowTaskCompleted'],
];

/** The first event of a run of workflow type `work`. */
export const started: EventSpec = [
  'WorkflowExecutionStarted',
  { workflowType: { name: 'work' }, taskQueue: { name: 'q' }, originalExecutionRunId: 'run-1', workflowId: 'wf' },
];

/** Each event a second after the one before, the first at second 1. */
export function history(...specs: readonly (EventSpec | readonly EventSpec[])[]): HistoryEvent[] {
  const flat = specs.flatMap((spec) =>
    typeof spec[0] === 'string' ? [spec as EventSpec] : (spec as readonly EventSpec[]),
  );
  return flat.map(([type, attributes = {}], index) => {
    const field = `${type[0]?.toLowerCase() ?? ''}${type.slice(1)}EventAttributes`;
    return { eventId: index + 1, eventTime: { seconds: index + 1 }, eventType: EventType[type], [field]: attributes };
  });
}
