/** Folds one sequence of events into a run, up to the moment at which its code is to be told. */
import { applyEvent } from './apply-event.ts';
import type { PendingCommand } from './command-queue.ts';
import { EventType, eventTypeName, isClosingEvent, isCommandEvent, type HistoryEvent } from './event-type.ts';
import { noteTaskCompleted } from './flags.ts';
import type { Sequence } from './history-window.ts';
import { lookAhead } from './look-ahead.ts';
import { isLocalActivityMarker } from './markers.ts';
import { mismatch } from './nondeterminism.ts';
import { advanceTime, perform, type RunState } from './run-state.ts';
import { deliverUpdate } from './updates.ts';
import { spanMs } from './wall-time.ts';

export function foldSequence(state: RunState, sequence: Sequence): void {
  const { events, isLast } = sequence;
  state.atEnd = isLast;
  noteCompletions(state, events);
  const end = events.at(-1);
  const isTask = end?.eventType === EventType.WorkflowTaskStarted;
  const isWhole = isTask || (end !== undefined && isClosingEvent(end));
  for (let i = 0; i < events.length;) {
    const event = events[i] as HistoryEvent;
    // What no task has been started for yet is left for the task that will be.
    if (!isWhole && !isAftermath(event)) break;
    noteCarryOver(state, event, events[i - 1]);
    i += foldEvent(state, event, { next: events[i + 1], isLast });
  }
  if (!isWhole) state.window.load([]);
  if (isTask) startTask(state, end);
  if (state.closed) {
    state.jobs = [];
    checkLeftovers(state, end);
  }
  lookAhead(state, state.window.peek());
}

/** Returns how many events were consumed. */
function foldEvent(
  state: RunState,
  event: HistoryEvent,
  { next, isLast }: { next: HistoryEvent | undefined; isLast: boolean },
): number {
  const eventId = event.eventId ?? 0;
  checkOrder(state, event);
  noteReplay(state, event, isLast);
  if (!isCommandEvent(event)) checkLeftovers(state, event);
  deliverUpdatesBefore(state, eventId);
  const consumed = applyEvent(state, event, next);
  state.lastEventId = eventId + consumed - 1;
  return consumed;
}

/** Local activities whose markers will not come are run now. */
export function goLive(state: RunState): void {
  for (const member of state.things.values()) {
    if (member.thing.kind === 'localActivity') perform(state, member.thing.take({ kind: 'goLive' }), member);
  }
}

/** Tells the code of updates that came with the task and belong before the event. */
export function deliverUpdatesBefore(state: RunState, eventId: number): void {
  if (state.pendingUpdates.length === 0) return;
  const due = state.pendingUpdates.filter((update) => update.sequencingEventId < eventId);
  if (due.length === 0) return;
  state.pendingUpdates = state.pendingUpdates.filter((update) => !due.includes(update));
  for (const update of due) deliverUpdate(state, update, { runValidator: true });
}

/** Flags and versions of the completions at hand, and of the one that the code is about to be matched with. */
function noteCompletions(state: RunState, events: readonly HistoryEvent[]): void {
  for (const event of events) if (event.eventType === EventType.WorkflowTaskCompleted) noteCompletion(state, event);
  const next = state.window.nextTaskCompleted();
  if (next !== undefined) noteCompletion(state, next);
}

function noteCompletion({ sdk }: RunState, { workflowTaskCompletedEventAttributes }: HistoryEvent): void {
  if (workflowTaskCompletedEventAttributes) noteTaskCompleted(sdk, workflowTaskCompletedEventAttributes);
}

function checkOrder({ lastEventId }: RunState, event: HistoryEvent): void {
  const eventId = event.eventId ?? 0;
  if (eventId === lastEventId + 1) return;
  const text = `History is out of order. Last processed event: ${lastEventId}, event id: ${eventId}`;
  mismatch('invalid-history', text, { event });
}

/** Replay is over with the first event that no worker has seen: what a command made was seen by the one that asked. */
function noteReplay(state: RunState, event: HistoryEvent, isLast: boolean): void {
  if (!state.replaying || !isLast || (event.eventId ?? 0) <= state.previousStartedEventId) return;
  if (!isAftermath(event)) state.replaying = false;
}

/**
 * A task that ends with the outcome of a local activity, and is followed by another that no event has caused, was cut short
 * by its worker: what the code did with that outcome is recorded by the next task.
 */
function noteCarryOver(state: RunState, { eventType }: HistoryEvent, before: HistoryEvent | undefined): void {
  if (eventType === EventType.WorkflowTaskCompleted) state.carriesOver = false;
  if (eventType !== EventType.WorkflowTaskScheduled || before === undefined) return;
  if (isLocalActivityMarker(before)) state.carriesOver = true;
}

/** Strict: after the commands that a task recorded, nothing may be left that the code asked for in it. */
function checkLeftovers(state: RunState, event: HistoryEvent | undefined): void {
  if (!state.strict || event === undefined || event.eventType === EventType.WorkflowTaskCompleted) return;
  if (state.carriesOver) return;
  const isPatch = ({ owner }: PendingCommand): boolean =>
    owner.thing.kind === 'patch' || owner.thing.kind === 'changeVersion';
  const left = state.queue.waiting().find((command) => !isPatch(command));
  if (left === undefined) return;
  const before = `event ${event.eventId ?? 0} (${eventTypeName(event.eventType)})`;
  const text = `The code asks for '${left.intent.kind}', which the completed task before ${before} did not record`;
  mismatch('leftover-command', text, { event, intent: left.intent });
}

function startTask(state: RunState, event: HistoryEvent): void {
  const started = event.workflowTaskStartedEventAttributes;
  state.taskStartMs = spanMs(event.eventTime) ?? 0;
  advanceTime(state, state.taskStartMs);
  state.historySizeBytes = started?.historySizeBytes ?? 0;
  state.continueAsNewSuggested = started?.suggestContinueAsNew === true;
  state.continueAsNewReasons = [...(started?.suggestContinueAsNewReasons ?? [])];
  state.targetVersionChanged = started?.targetWorkerDeploymentVersionChanged === true;
  if (state.replaying) return;
  goLive(state);
  deliverUpdatesBefore(state, Number.POSITIVE_INFINITY);
}

/** What a completed task leaves behind it: seen by the worker that completed it, whether or not a task follows. */
function isAftermath(event: HistoryEvent): boolean {
  return event.eventType === EventType.WorkflowTaskCompleted || isCommandEvent(event);
}
