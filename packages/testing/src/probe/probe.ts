import type { HandledMessages, HistoryEvent, PendingCommand, ReplayInput, ReplayOutcome } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import { changedValues } from '../diagnose/compare-values.ts';
import { isSameStep, nowStep, recordedStep, type Step } from '../diagnose/step.ts';
import { type EditedHistory, toEvents } from './edited-history.ts';
import { leftoverCommands } from './leftover-commands.ts';

export interface ReplayVariation {
  readonly events: readonly HistoryEvent[];
  readonly strict: boolean;
  /** Every intent says where it was asked for; slower. */
  readonly places: boolean;
  readonly onMatched?: (event: HistoryEvent, command: PendingCommand) => void;
  readonly onActivation?: NonNullable<ReplayInput['onActivation']>;
  /** Stands between history and code: may change what the code is told, and what it answers. */
  readonly vary?: NonNullable<ReplayInput['vary']>;
}

/** Replays a variation of one history against the code under test. */
export type Replay = (variation: ReplayVariation) => ReplayOutcome;

export interface Match {
  readonly event: HistoryEvent;
  readonly intent: Intent;
}

export type ProbeEnding =
  | { readonly kind: 'fits' }
  /** The code asks for something else than was recorded; no `recorded`: the recording asks for nothing more. */
  | {
      readonly kind: 'differs';
      readonly recorded: RecordedAt | undefined;
      readonly now: readonly Intent[];
      readonly handled?: HandledMessages | undefined;
    }
  | { readonly kind: 'threw' }
  /** Code and recording disagree in a way that no edit of steps explains. */
  | { readonly kind: 'stuck' };

export interface RecordedAt {
  readonly key: number;
  readonly step: Step;
  readonly event: HistoryEvent;
}

export interface ProbeResult {
  readonly ending: ProbeEnding;
  /** The last event of the recording that the code came to. */
  readonly position: number;
  readonly matches: readonly Match[];
  /** Matches in which arguments and lengths are as recorded too, whatever their names: what tells a step from others. */
  readonly exact: number;
  /** The recorded event of the last of those. */
  readonly lastExact: number;
  /** Matches that are none of those, renamed steps apart. */
  readonly inexact: number;
  /** The first match that is none of those, renamed steps apart. */
  readonly firstInexact: { readonly recorded: RecordedAt; readonly intent: Intent } | undefined;
}

/** The timer that fires is found by the event that started it: a timer that was taken back at once counts, and is no step. */
function withoutTimerNumber(event: HistoryEvent): HistoryEvent {
  const { timerFiredEventAttributes: fired } = event;
  return fired ? { ...event, timerFiredEventAttributes: { ...fired, timerId: '' } } : event;
}

class Difference extends Error {
  readonly event: HistoryEvent;
  readonly intent: Intent;

  constructor(event: HistoryEvent, intent: Intent) {
    super('recorded and now are different steps');
    this.event = event;
    this.intent = intent;
  }
}

/** How far the code comes with an edited history, comparing steps and nothing else. */
export function probe(history: EditedHistory, replay: Replay): ProbeResult {
  const events = toEvents(history).map(withoutTimerNumber);
  const matches: Match[] = [];
  let exact = 0;
  let lastExact = 0;
  let inexact = 0;
  let firstInexact: ProbeResult['firstInexact'];
  const onMatched = (event: HistoryEvent, { intent, owner }: PendingCommand): void => {
    const recorded = recordedStep(event);
    const now = nowStep(intent);
    const isOwn = owner.thing.kind === 'patch' || owner.thing.kind === 'changeVersion';
    if (!isOwn && recorded?.kind === now.kind && !isSameStep(recorded, now)) throw new Difference(event, intent);
    matches.push({ event, intent });
    const item = history.items[(event.eventId ?? 0) - 1];
    if (item?.recorded === undefined) return;
    const isSame = changedValues(event, intent).length === 0;
    if (item.isRenamed === true) {
      if (isSame) exact++;
      return;
    }
    if (isSame) {
      exact++;
      lastExact = Math.max(lastExact, item.key);
      return;
    }
    inexact++;
    if (recorded !== undefined) firstInexact ??= { recorded: { key: item.key, step: recorded, event }, intent };
  };
  try {
    const outcome = replay({ events, strict: false, places: true, onMatched });
    return { ...endingOf(outcome, { history, events }), matches, exact, lastExact, inexact, firstInexact };
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    const recorded = recordedAt(history, error.event);
    const ending: ProbeEnding = { kind: 'differs', recorded, now: [error.intent] };
    const position = positionOf(history, (error.event.eventId ?? 1) - 1);
    return { ending, position, matches, exact, lastExact, inexact, firstInexact };
  }
}

function endingOf(
  outcome: ReplayOutcome,
  { history, events }: { history: EditedHistory; events: readonly HistoryEvent[] },
): { ending: ProbeEnding; position: number } {
  const position = positionOf(history, outcome.lastEventId);
  if (outcome.status === 'threw') return { ending: { kind: 'threw' }, position };
  if (outcome.status === 'ok') {
    const left = leftoverCommands(outcome, events);
    if (left.length === 0) return { ending: { kind: 'fits' }, position: Infinity };
    return { ending: { kind: 'differs', recorded: undefined, now: left.map(({ intent }) => intent) }, position };
  }
  const { recorded } = outcome.mismatch;
  if (recorded === undefined || recordedStep(recorded.event) === undefined)
    return { ending: { kind: 'stuck' }, position };
  const now = askedNow(outcome);
  const { handled } = outcome;
  return { ending: { kind: 'differs', recorded: recordedAt(history, recorded.event), now, handled }, position };
}

/** What the code asks for, the step that was compared first. It has left the queue already. */
export function askedNow(outcome: Extract<ReplayOutcome, { status: 'mismatch' }>): readonly Intent[] {
  const { mismatch, pending, awaited } = outcome;
  const compared = mismatch.now?.asked;
  const waiting = [...waitingSteps(pending).map(({ intent }) => intent), ...awaited];
  return compared === undefined || compared.kind === 'setPatchMarker' || waiting.includes(compared)
    ? waiting
    : [compared, ...waiting];
}

/** Commands that are steps: not the markers of patches, which come and go by rules of their own. */
export function waitingSteps(pending: readonly PendingCommand[]): readonly PendingCommand[] {
  return pending.filter(({ owner }) => owner.thing.kind !== 'patch' && owner.thing.kind !== 'changeVersion');
}

function recordedAt(history: EditedHistory, event: HistoryEvent): RecordedAt | undefined {
  const key = history.items[(event.eventId ?? 0) - 1]?.key;
  const step = recordedStep(event);
  return key === undefined || step === undefined ? undefined : { key, step, event };
}

/** How far of the recording an event of the edited history is: up to what stands next in both; what was taken out is past. */
function positionOf(history: EditedHistory, eventId: number): number {
  const next = history.items.slice(Math.max(0, eventId)).find(({ recorded }) => recorded !== undefined);
  const last = next ?? history.items.findLast(({ recorded }) => recorded !== undefined);
  return (last?.recorded?.eventId ?? 0) - (next === undefined ? 0 : 1);
}
