/**
 * The events that a run has been given and has not folded yet, cut into sequences: what belongs to one activation.
 *
 * A sequence ends with the WorkflowTaskStarted of a task that was completed (or is under way now). Tasks that failed or
 * timed out, and completions that only kept a task alive, do not end one. An update that was accepted belongs to the
 * task before which it was admitted.
 */
import { EventType, isClosingEvent, isCommandEvent, type HistoryEvent } from './event-type.ts';

export interface Sequence {
  readonly events: readonly HistoryEvent[];
  /** No event follows in what the server has now. */
  readonly isLast: boolean;
}

interface Found {
  readonly index: number;
  readonly complete: boolean;
}

export class HistoryWindow {
  #events: readonly HistoryEvent[] = [];
  /** Index of the first event that was not taken yet. */
  #head = 0;
  #ahead: Found | undefined;

  /** Replaces what is left by what the server gave now: a whole history, or what followed the last task. */
  load(events: readonly HistoryEvent[]): void {
    this.#events = events;
    this.#head = 0;
    this.#ahead = undefined;
  }

  /** Takes the next sequence of events after `fromEventId`; undefined when there is none. */
  take(fromEventId: number): Sequence | undefined {
    this.#skipTo(fromEventId);
    if (this.#head >= this.#events.length) return undefined;
    const { index } = this.#ahead ?? findSequenceEnd(this.#events, this.#head);
    this.#ahead = undefined;
    const events = this.#events.slice(this.#head, index + 1);
    this.#head = index + 1;
    return { events, isLast: this.#head >= this.#events.length };
  }

  /** The events of the next sequence, without taking them, from index `peekStart` to `peekEnd` (exclusive) of `events`. */
  peek(): readonly HistoryEvent[] {
    if (this.#head >= this.#events.length) return [];
    this.#ahead ??= findSequenceEnd(this.#events, this.#head);
    return this.#events.slice(this.#head, this.#ahead.index + 1);
  }

  /** The next WorkflowTaskCompleted that was not taken. */
  nextTaskCompleted(): HistoryEvent | undefined {
    for (let i = this.#head; i < this.#events.length; i++) {
      const event = this.#events[i];
      if (event?.eventType === EventType.WorkflowTaskCompleted) return event;
    }
    return undefined;
  }

  #skipTo(fromEventId: number): void {
    while (this.#head < this.#events.length && (this.#events[this.#head]?.eventId ?? 0) <= fromEventId) {
      this.#head++;
      this.#ahead = undefined;
    }
  }
}

/** Where the sequence that begins at `start` ends. All events that the server has are in `events`. */
function findSequenceEnd(events: readonly HistoryEvent[], start: number): Found {
  let sawCommand = false;
  let sawCommandOrStart = false;
  const startedTasks: { eventId: number; index: number }[] = [];
  for (let index = start; index < events.length; index++) {
    const event = events[index] as HistoryEvent;
    if (isCommandEvent(event)) sawCommand = sawCommandOrStart = true;
    if (event.eventType === EventType.WorkflowExecutionStarted) sawCommandOrStart = true;
    if (isClosingEvent(event)) return { index, complete: true };
    if (event.eventType !== EventType.WorkflowTaskStarted) continue;
    const next = events[index + 1];
    if (next !== undefined && abandonsTask(next)) continue;
    startedTasks.push({ eventId: event.eventId ?? 0, index });
    const afterNext = events[index + 2];
    if (next?.eventType === EventType.WorkflowTaskCompleted) {
      // The last task is no less a task for having asked for nothing.
      if (afterNext === undefined) return { index, complete: true };
      const isKeepAlive = !sawCommand && afterNext.eventType === EventType.WorkflowTaskScheduled;
      if (isKeepAlive) continue;
      return { index: updateTask(afterNext, startedTasks) ?? index, complete: true };
    }
    if (sawCommandOrStart) return { index, complete: true };
  }
  return { index: events.length - 1, complete: false };
}

function abandonsTask({ eventType }: HistoryEvent): boolean {
  return (
    eventType === EventType.WorkflowTaskFailed ||
    eventType === EventType.WorkflowTaskTimedOut ||
    eventType === EventType.WorkflowExecutionTimedOut ||
    eventType === EventType.WorkflowExecutionTerminated ||
    eventType === EventType.WorkflowExecutionCanceled
  );
}

/** When the first thing that a task recorded is an accepted update: the last task started before the update came. */
function updateTask(event: HistoryEvent, startedTasks: { eventId: number; index: number }[]): number | undefined {
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
  if (event.eventType !== EventType.WorkflowExecutionUpdateAccepted || !accepted) return undefined;
  const sequencingId = accepted.acceptedRequestSequencingEventId ?? 0;
  return startedTasks.findLast((task) => task.eventId < sequencingId)?.index;
}
