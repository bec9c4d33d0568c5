import { EventType, eventTypeName, isClosingEvent } from '@reprise/worker/replay';

import { CorpusError } from './corpus-problem.ts';
import { findBrokenEvent } from './find-broken-event.ts';
import type { HistoryEvent, RecordedHistory } from './recorded-history.ts';

export interface HistoryOrigin {
  file?: string | undefined;
  /** Where history does not say it: servers before 1.24 left the workflow id out of the first event. */
  workflowId?: string | undefined;
}

/** Turns events into a history that can be replayed, or says what is missing. */
export function checkHistory(events: readonly HistoryEvent[], origin: HistoryOrigin): RecordedHistory {
  const problem = findProblem(events);
  if (problem !== undefined) throw new CorpusError('R3003', problem, { file: origin.file });
  const last = events.at(-1);
  const started = events[0]?.workflowExecutionStartedEventAttributes ?? {};
  const workflowId = started.workflowId || origin.workflowId || nameOfFile(origin.file) || 'replayed';
  return {
    name: workflowId,
    ...(origin.file === undefined ? {} : { file: origin.file }),
    workflowId,
    runId: started.originalExecutionRunId ?? '',
    workflowType: started.workflowType?.name ?? '',
    isClosed: last !== undefined && isClosingEvent(last),
    events,
  };
}

function findProblem(events: readonly HistoryEvent[]): string | undefined {
  const first = events[0];
  if (first === undefined) return 'the history has no events';
  if (first.eventType !== EventType.WorkflowExecutionStarted) {
    return `the first event is ${showEvent(first)}, expected WorkflowExecutionStarted: is a page missing?`;
  }
  const started = first.workflowExecutionStartedEventAttributes;
  if (!started?.workflowType?.name) return 'event 1 has no workflow type: was the export cut down?';
  for (const [index, event] of events.entries()) {
    const expected = index + 1;
    if (event.eventId !== expected) return `event ${expected} is missing: found ${showEvent(event)} in its place`;
    if (!event.eventType) return `event ${expected} has no type`;
    if (isUnknown(event)) return `event ${expected} is of type ${event.eventType}, which is not known here`;
    if (index > 0 && event.eventType === EventType.WorkflowExecutionStarted)
      return `${showEvent(event)} begins the run a second time`;
    if (isClosingEvent(event) && index < events.length - 1) {
      return `${showEvent(event)} closes the run, but ${events.length - expected} events follow`;
    }
  }
  return findBrokenEvent(events, showEvent);
}

const KNOWN: ReadonlySet<number> = new Set(Object.values(EventType));

/** Newer servers write events that replay may pass over, and say so. */
function isUnknown({ eventType, workerMayIgnore }: HistoryEvent): boolean {
  return workerMayIgnore !== true && !KNOWN.has(eventType ?? 0);
}

function showEvent(event: HistoryEvent): string {
  return `event ${event.eventId ?? '?'} (${eventTypeName(event.eventType)})`;
}

function nameOfFile(file: string | undefined): string | undefined {
  return file
    ?.split(/[\\/#]/)
    .at(-1)
    ?.replace(/\.(json|jsonl|bin|binpb|pb|gz)\b.*$/, '');
}
