/** What the next sequence already tells this activation: patches, outcomes of local activities, accepted updates. */
import { EventType, isCommandEvent, type HistoryEvent } from './event-type.ts';
import { isPublishedSdk } from './flags.ts';
import { isLocalActivityMarker, localActivityMarkerOf, patchMarkerOf } from './markers.ts';
import { mismatch } from './nondeterminism.ts';
import { perform, type RunState } from './run-state.ts';
import { thingKey } from './thing.ts';
import { acceptedRequest, deliverUpdate } from './updates.ts';

export function lookAhead(state: RunState, events: readonly HistoryEvent[]): void {
  for (const event of events) {
    if ((event.eventId ?? 0) <= state.lastEventId || !isCommandEvent(event)) continue;
    if (event.eventType === EventType.WorkflowExecutionUpdateAccepted) {
      const request = acceptedRequest(state, event);
      if (request !== undefined) deliverUpdate(state, request, { runValidator: false });
    } else if (isLocalActivityMarker(event)) {
      state.peekedMarkers.push({ event, ...localActivityMarkerOf(event) });
    } else notePatch(state, event);
  }
}

function notePatch(state: RunState, event: HistoryEvent): void {
  const marker = patchMarkerOf(event);
  if (marker === undefined) return;
  if (!state.patches.has(marker.patchId)) state.patches.set(marker.patchId, { asked: false });
  state.jobs.push({ kind: 'notifyHasPatch', patchId: marker.patchId });
}

/**
 * Resolves local activities from the front of what was peeked at, as far as the code has asked for them. This worker tells
 * of one at a time, so that is how its recordings are told again; the published SDK replays all that it can at once.
 */
export function resolvePeekedMarkers(state: RunState): void {
  for (;;) {
    const marker = state.peekedMarkers[0];
    if (marker === undefined) return;
    const member = state.things.get(thingKey('activity', marker.seq));
    if (member === undefined) return;
    state.peekedMarkers.shift();
    if (member.thing.kind !== 'localActivity' || member.intent.kind !== 'scheduleLocalActivity') {
      mismatch('wrong-command', 'Peeked local activity marker but the associated machine was of the wrong type.', {
        event: marker.event,
        intent: member.intent,
      });
    }
    const { activityId, activityType } = member.intent;
    const { activityId: recordedId, activityType: recordedType, resolution, completeTimeMs } = marker;
    if (activityType !== recordedType || activityId !== recordedId) {
      const what = activityType !== recordedType ? 'type' : 'id';
      const [was, now] = what === 'type' ? [recordedType, activityType] : [recordedId, activityId];
      mismatch(
        'identity',
        `Activity ${what} of recorded marker '${was}' does not match activity ${what} of local activity command '${now}'`,
        { event: marker.event, intent: member.intent },
      );
    }
    perform(state, member.thing.take({ kind: 'markerPeeked', resolution, completeTimeMs }), member);
    if (!isPublishedSdk(state.sdk)) return;
  }
}
