/** Matches an event that a command made with what the code asks for now. */
import type { IntentOf } from '@reprise/workflow/runtime';
import { eventTypeName, EventType, showEvent, type HistoryEvent } from './event-type.ts';
import { recordedInput } from './event-inputs.ts';
import type { PendingCommand } from './command-queue.ts';
import { CoreFlag } from './flags.ts';
import { isChangeVersionUpsert, isLocalActivityMarker, localActivityMarkerOf, patchMarkerOf } from './markers.ts';
import type { PatchMarker } from './markers.ts';
import { mismatch } from './nondeterminism.ts';
import { noteNumber, takenBackBefore } from './numbers.ts';
import { forgetIfDone, perform, type RunState } from './run-state.ts';
import { thingKey } from './thing.ts';

/** Returns how many events were consumed: a skipped patch marker takes the upsert after it along. */
export function matchCommandEvent(state: RunState, event: HistoryEvent, next: HistoryEvent | undefined): 1 | 2 {
  if (isLocalActivityMarker(event) && matchPeekedMarker(state, event)) return 1;
  const marker = patchMarkerOf(event);
  for (;;) {
    const front = state.queue.front();
    if (marker !== undefined && !belongsToPatch(front, marker)) return skipPatchMarker(marker, { event, next, front });
    if (marker === undefined && front?.owner.thing.kind === 'patch') {
      dropPatch(state);
      continue;
    }
    if (front?.owner.thing.kind !== 'changeVersion' && isChangeVersionUpsert(event)) return 1;
    break;
  }
  const command = state.queue.takeFront();
  if (command === undefined) mismatch('no-command', `No command scheduled for event ${showEvent(event)}`, { event });
  record(state, event, command);
  return 1;
}

/** A marker of a local activity that was resolved by looking ahead has its place in history, not in the queue. */
function matchPeekedMarker(state: RunState, event: HistoryEvent): boolean {
  const { seq } = localActivityMarkerOf(event);
  const member = state.things.get(thingKey('activity', seq));
  if (member?.thing.kind !== 'localActivity' || member.thing.stateKind !== 'preResolved') return false;
  perform(state, member.thing.takeEvent({ kind: 'markerRecorded' }, event, member.intent), member);
  forgetIfDone(state, member);
  return true;
}

function belongsToPatch(front: PendingCommand | undefined, marker: PatchMarker): boolean {
  if (front?.owner.thing.kind !== 'patch') return false;
  const isSame = front.request.kind === 'recordPatch' && front.request.patchId === marker.patchId;
  return isSame || !marker.deprecated;
}

/** What the code says of a patch here is not recorded here: neither is the upsert that would go with it. */
function dropPatch({ queue }: RunState): void {
  queue.takeFront();
  if (queue.front()?.owner.thing.kind === 'changeVersion') queue.takeFront();
}

function skipPatchMarker(
  marker: PatchMarker,
  at: { event: HistoryEvent; next: HistoryEvent | undefined; front: PendingCommand | undefined },
): 1 | 2 {
  if (!marker.deprecated) {
    mismatch(
      'patch-removed',
      `Non-deprecated patch marker encountered for change ${marker.patchId}, but there is no corresponding change command!`,
      { event: at.event, intent: at.front?.intent },
    );
  }
  return isChangeVersionUpsert(at.next) ? 2 : 1;
}

function record(state: RunState, event: HistoryEvent, command: PendingCommand): void {
  const { owner, intent } = command;
  const input = recordedInput(event);
  const effects = owner.thing.takeEvent(input, event, intent);
  checkIdentity(state, event, command);
  state.onMatched?.(event, command);
  perform(state, effects, owner, intent);
  noteNumber(state, event, intent);
  if (owner.thing.isDone) forgetIfDone(state, owner);
  else if (beginsSomething.has(event.eventType ?? 0)) state.thingOfEvent.set(event.eventId ?? 0, owner);
}

/** Later events refer to these by their id. */
const beginsSomething: ReadonlySet<number> = new Set([
  EventType.ActivityTaskScheduled,
  EventType.TimerStarted,
  EventType.RequestCancelExternalWorkflowExecutionInitiated,
  EventType.StartChildWorkflowExecutionInitiated,
  EventType.SignalExternalWorkflowExecutionInitiated,
  EventType.NexusOperationScheduled,
]);

function differs(
  text: (recorded: string, now: string) => string,
  recorded: string | null | undefined,
  now: string,
  command: { event: HistoryEvent; intent: PendingCommand['intent'] },
): void {
  if ((recorded ?? '') !== now) mismatch('identity', text(recorded ?? '', now), command);
}

function checkIdentity(state: RunState, event: HistoryEvent, { request, intent }: PendingCommand): void {
  if (request.kind === 'recordPatch') {
    const recorded = patchMarkerOf(event)?.patchId;
    const text = (was: string, now: string): string => `Change id ${was} does not match expected id ${now}`;
    differs(text, recorded, request.patchId, { event, intent });
  }
  if (!state.sdk.core.has(CoreFlag.identityChecks) && !state.atEnd && !state.strict) return;
  if (intent.kind === 'scheduleActivity') checkActivity(state, event, intent);
  else if (intent.kind === 'startChild') checkChild(event, intent);
  else if (state.strict) checkStrictly(event, { request, intent });
}

function checkActivity(state: RunState, event: HistoryEvent, intent: IntentOf<'scheduleActivity'>): void {
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (!scheduled) return;
  const text = (what: string) => (was: string, now: string) =>
    `Activity ${what} of scheduled event '${was}' does not match activity ${what} of activity command '${now}'`;
  const { activityId } = scheduled;
  if (activityId && activityId !== intent.activityId) {
    const takenBack = takenBackBefore(state, intent);
    mismatch('identity', text('id')(activityId, intent.activityId), { event, intent, takenBack });
  }
  differs(text('type'), scheduled.activityType?.name, intent.activityType, { event, intent });
}

function checkChild(event: HistoryEvent, intent: IntentOf<'startChild'>): void {
  const initiated = event.startChildWorkflowExecutionInitiatedEventAttributes;
  if (!initiated) return;
  const text = (what: string) => (was: string, now: string) =>
    `Child workflow ${what} of scheduled event '${was}' does not match child workflow ${what} of command '${now}'`;
  differs(text('id'), initiated.workflowId, intent.workflowId, { event, intent });
  differs(text('type'), initiated.workflowType?.name, intent.workflowType, { event, intent });
}

/** What the published SDK lets pass. */
function checkStrictly(event: HistoryEvent, { request, intent }: Pick<PendingCommand, 'request' | 'intent'>): void {
  const at = { event, intent };
  if (event.eventType === EventType.TimerCanceled && request.kind === 'cancelTimer') {
    const text = (was: string, now: string): string =>
      `Timer id of ${eventTypeName(event.eventType)} event '${was}' does not match timer id of cancel command '${now}'`;
    differs(text, event.timerCanceledEventAttributes?.timerId, request.timerId, at);
  }
  const signal =
    intent.kind === 'signalExternal' ? event.signalExternalWorkflowExecutionInitiatedEventAttributes : undefined;
  if (signal && intent.kind === 'signalExternal') {
    const text = (what: string) => (was: string, now: string) =>
      `${what} of initiated event '${was}' does not match ${what.toLowerCase()} of signal command '${now}'`;
    differs(text('Signal name'), signal.signalName, intent.signalName, at);
    differs(text('Workflow id'), signal.workflowExecution?.workflowId, intent.target.workflowId, at);
  }
  const nexus = intent.kind === 'scheduleNexusOperation' ? event.nexusOperationScheduledEventAttributes : undefined;
  if (nexus && intent.kind === 'scheduleNexusOperation') {
    const text = (what: string) => (was: string, now: string) =>
      `Nexus ${what} of scheduled event '${was}' does not match ${what} of command '${now}'`;
    differs(text('operation'), nexus.operation, intent.operation, at);
    differs(text('service'), nexus.service, intent.service, at);
  }
}
