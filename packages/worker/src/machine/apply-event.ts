/** Folds one event into a run: the jobs that it means, and what it says of the things of the run. */
import { EventType, isClosingEvent, isCommandEvent, showEvent, type HistoryEvent } from './event-type.ts';
import { followUpOf } from './event-inputs.ts';
import { matchCommandEvent } from './match-command.ts';
import { mismatch } from './nondeterminism.ts';
import { checkFired } from './numbers.ts';
import { randomSeedOf } from './random-seed.ts';
import { initializeJob } from './run-facts.ts';
import { advanceTime, forgetIfDone, perform, type RunState } from './run-state.ts';
import { requestOf } from './updates.ts';
import { spanMs } from './wall-time.ts';
import { wallHeaders, wallPayloads } from './wall-values.ts';

/** temporal.api.enums.v1.WorkflowTaskFailedCause. */
const RESET_WORKFLOW = 20;

/** Returns how many events were consumed: two when the next one belongs to this one. */
export function applyEvent(state: RunState, event: HistoryEvent, next: HistoryEvent | undefined): 1 | 2 {
  if (isClosingEvent(event)) state.closed = true;
  if (isCommandEvent(event)) return matchCommandEvent(state, event, next);
  const followUp = followUpOf(event);
  if (followUp === undefined) applyPlainEvent(state, event);
  else {
    const member = state.thingOfEvent.get(followUp.initiatingEventId);
    if (member === undefined) return notOurs(state, event, followUp.initiatingEventId);
    checkFired(state, event, member);
    perform(state, member.thing.takeEvent(followUp.input, event, member.intent), member);
    if (member.thing.isDone) state.thingOfEvent.delete(followUp.initiatingEventId);
    forgetIfDone(state, member);
  }
  return 1;
}

function notOurs(state: RunState, event: HistoryEvent, initiatingEventId: number): 1 {
  // What was cancelled and forgotten may still have something to say.
  if (initiatingEventId > 0 && initiatingEventId <= state.lastEventId && event.workerMayIgnore === true) return 1;
  return mismatch(
    'invalid-history',
    `During event handling, this event had an initial command ID but we could not find a matching command for it: ${showEvent(event)}`,
    { event },
  );
}

function applyPlainEvent(state: RunState, event: HistoryEvent): void {
  switch (event.eventType) {
    case EventType.WorkflowExecutionStarted:
      advanceTime(state, spanMs(event.eventTime) ?? 0);
      state.jobs.push(initializeJob(event, state.identity));
      break;
    case EventType.WorkflowTaskFailed:
      reseed(state, event);
      break;
    case EventType.WorkflowExecutionSignaled:
      signal(state, event);
      break;
    case EventType.WorkflowExecutionCancelRequested: {
      const { cause } = event.workflowExecutionCancelRequestedEventAttributes ?? {};
      state.jobs.push({ kind: 'cancelWorkflow', reason: cause ?? '' });
      break;
    }
    case EventType.WorkflowExecutionUpdateAdmitted:
      admit(state, event);
      break;
    default:
      break;
  }
}

function reseed(state: RunState, event: HistoryEvent): void {
  const failed = event.workflowTaskFailedEventAttributes;
  if (failed?.cause !== RESET_WORKFLOW) return;
  state.jobs.push({ kind: 'updateRandomSeed', seed: randomSeedOf(failed.newRunId ?? '') });
}

function signal(state: RunState, event: HistoryEvent): void {
  const signaled = event.workflowExecutionSignaledEventAttributes ?? {};
  state.jobs.push({
    kind: 'signal',
    name: signaled.signalName ?? '',
    args: wallPayloads(signaled.input),
    headers: wallHeaders(signaled.header),
    identity: signaled.identity ?? '',
    eventId: event.eventId ?? 0,
  });
}

function admit(state: RunState, event: HistoryEvent): void {
  const request = event.workflowExecutionUpdateAdmittedEventAttributes?.request;
  if (!request) return;
  const id = request.meta?.updateId ?? '';
  state.admittedUpdates.set(
    id,
    requestOf(request, { id, messageId: `${id}/request`, sequencingEventId: event.eventId ?? 0 }),
  );
}
