import { EventType, type HistoryEvent, type PendingCommand, type ReplayOutcome } from '@reprise/worker/replay';

/**
 * What the code asked for in a task that is completed, and that the task did not record: a break, even when nothing was
 * recorded after it. In a task that is still open, or that failed and will be tried again, it is new work.
 */
export function leftoverCommands(
  outcome: Extract<ReplayOutcome, { status: 'ok' }>,
  events: readonly HistoryEvent[],
): readonly PendingCommand[] {
  if (!endsWithCompletedTask(events)) return [];
  return outcome.pending.filter(({ owner }) => owner.thing.kind !== 'patch' && owner.thing.kind !== 'changeVersion');
}

function endsWithCompletedTask(events: readonly HistoryEvent[]): boolean {
  const last = events.findLast(({ eventType }) => ENDINGS.has(eventType ?? 0));
  return last?.eventType === EventType.WorkflowTaskCompleted;
}

const ENDINGS: ReadonlySet<number> = new Set([
  EventType.WorkflowTaskStarted,
  EventType.WorkflowTaskCompleted,
  EventType.WorkflowTaskFailed,
  EventType.WorkflowTaskTimedOut,
]);
