/**
 * The code numbers what it asks for, and what it takes back before it is sent keeps its number: a timer that is recorded
 * under another number than it has now shows that something of that kind came or went.
 */
import type { Intent, IntentOf } from '@reprise/workflow/runtime';
import type { HistoryEvent } from './event-type.ts';
import { mismatch } from './nondeterminism.ts';
import type { RunState } from './run-state.ts';
import type { Member } from './thing.ts';

/** A recorded timer may be found to have another number; whether that matters shows when it fires. */
export function noteNumber(state: RunState, event: HistoryEvent, intent: Intent): void {
  const started = event.timerStartedEventAttributes;
  if (!started || intent.kind !== 'startTimer' || started.timerId === String(intent.seq)) return;
  state.renumbered.set(event.eventId ?? 0, { event, intent });
}

/** @throws MismatchError when the timer that fired is known to the server by another number */
export function checkFired(state: RunState, { timerFiredEventAttributes: fired }: HistoryEvent, member: Member): void {
  if (!fired?.timerId || member.intent.kind !== 'startTimer') return;
  if (fired.timerId !== String(member.intent.seq)) renumbered(state, member.intent, fired.timerId);
}

/** Strict: so are timers that are still to fire, or to be cancelled. */
export function checkRunning(state: RunState): void {
  if (!state.strict) return;
  for (const [eventId, { event, intent }] of state.renumbered) {
    const isOver = state.thingOfEvent.get(eventId)?.thing.isDone !== false;
    const recorded = event.timerStartedEventAttributes?.timerId;
    if (!isOver && recorded) renumbered(state, intent, recorded);
  }
}

/** What the code asked for of the same kind as `intent`, last before it, and took back. */
export function takenBackBefore({ takenBack }: RunState, intent: Intent): Intent | undefined {
  return takenBack.findLast((each) => each.kind === intent.kind && seqOf(each) < seqOf(intent));
}

function seqOf(intent: Intent): number {
  return 'seq' in intent ? intent.seq : 0;
}

/** The first timer with another number tells most of why. */
function renumbered(state: RunState, intent: IntentOf<'startTimer'>, recorded: string): never {
  const [first] = state.renumbered.values();
  const text = `Timer fired event did not have expected timer id ${intent.seq}, it was ${recorded}!`;
  const sides = first ?? { event: undefined, intent };
  return mismatch('identity', text, { ...sides, takenBack: takenBackBefore(state, sides.intent) });
}
