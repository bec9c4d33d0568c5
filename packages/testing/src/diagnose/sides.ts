import { eventTypeName, type HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { CurrentStep, RecordedStep } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';
import { nowStep, recordedStep, type Step } from './step.ts';

/** What an event says that the run did; also for events that are no steps, such as a timer that fired. */
export function recordedSide(event: HistoryEvent): RecordedStep {
  const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
  const other: Step = signal
    ? { kind: 'signaled', name: signal }
    : { kind: 'event', name: eventTypeName(event.eventType) };
  return { ...(recordedStep(event) ?? other), eventId: event.eventId ?? 0, eventType: eventTypeName(event.eventType) };
}

export function currentSide(intent: Intent, source: SourceLookup): CurrentStep {
  const thrown = intent.kind === 'failWorkflow' ? (intent.failure.stackTrace ?? undefined) : undefined;
  const place = source.place(intent.place ?? thrown);
  return { ...nowStep(intent), ...(place === undefined ? {} : { place }) };
}
