/**
 * What a run knows between tasks. `apply-event.ts` and `accept-intents.ts` change it; `run.ts` decides when.
 *
 * I1. `things` holds what is not done. A seq that is not in it, but not above `highestSeq` of its kind, was done.
 * I2. `nowMs` never goes back.
 */
import { invariant } from '@reprise/common';
import type { Intent, IntentOf, Job } from '@reprise/workflow/runtime';
import { CommandQueue, type PendingCommand } from './command-queue.ts';
import type { OutgoingMessage, UpdateRequest } from './command-request.ts';
import type { HistoryEvent } from './event-type.ts';
import { emptyRecordedSdk, type DeploymentVersion, type RecordedSdk } from './flags.ts';
import { HistoryWindow } from './history-window.ts';
import type { LocalActivityMarker } from './markers.ts';
import type { RunIdentity } from './run-facts.ts';
import type { Effect, Member, SeqKind } from './thing.ts';

/** What the worker is to do for a local activity. */
export type LocalActivityOrder =
  | { readonly kind: 'run'; readonly seq: number; readonly intent: Intent }
  | { readonly kind: 'cancel'; readonly seq: number };

export interface RunState {
  readonly identity: RunIdentity;
  readonly window: HistoryWindow;
  readonly queue: CommandQueue;
  readonly things: Map<string, Member>;
  /** Things by the event that began them. */
  readonly thingOfEvent: Map<number, Member>;
  readonly highestSeq: Map<SeqKind, number>;
  readonly sdk: RecordedSdk;
  /** Language flags that the code of this run used. */
  readonly usedLangFlags: Set<number>;
  /** Patches that markers or code named, and whether the code has asked for the marker. */
  readonly patches: Map<string, { asked: boolean }>;
  /** What the code asked for and took back in the same task; kept where `strict`. */
  readonly takenBack: Intent[];
  /** Timers that are recorded under another number than they have now, by the events that started them. */
  readonly renumbered: Map<number, Renumbered>;
  /** Outcomes of local activities that history has ready, in its order. */
  peekedMarkers: (LocalActivityMarker & { readonly event: HistoryEvent })[];
  /** The last completed task left work that the code had asked for to the next one. */
  carriesOver: boolean;
  /** Updates that the server admitted before this worker saw them. */
  readonly admittedUpdates: Map<string, UpdateRequest>;
  /** Updates that came with the task and were not told yet. */
  pendingUpdates: UpdateRequest[];
  jobs: Job[];
  messages: OutgoingMessage[];
  localOrders: LocalActivityOrder[];
  /** Also reports what the published SDK lets pass: leftover commands, other names of signals, ... */
  readonly strict: boolean;
  readonly onMatched: ((event: HistoryEvent, command: PendingCommand) => void) | undefined;
  /** The version of this worker. */
  readonly build: RunBuild;
  replaying: boolean;
  /** Whether the events at hand end the history that the server has. */
  atEnd: boolean;
  lastEventId: number;
  /** The start of the last completed task before the events at hand. */
  previousStartedEventId: number;
  taskStartMs: number;
  nowMs: number;
  /** History says that the run is over. */
  closed: boolean;
  historySizeBytes: number;
  continueAsNewSuggested: boolean;
  continueAsNewReasons: number[];
  targetVersionChanged: boolean;
}

export interface Renumbered {
  readonly event: HistoryEvent;
  readonly intent: IntentOf<'startTimer'>;
}

/** The version of a worker. */
export interface RunBuild {
  readonly buildId?: string;
  readonly deployment?: DeploymentVersion;
}

export interface RunObserver {
  /** The version of this worker. Default: it has none. */
  readonly build?: RunBuild;
  readonly strict?: boolean;
  readonly onMatched?: (event: HistoryEvent, command: PendingCommand) => void;
}

export function newRunState(identity: RunIdentity, observer: RunObserver): RunState {
  return {
    identity,
    strict: observer.strict === true,
    onMatched: observer.onMatched,
    build: observer.build ?? {},
    window: new HistoryWindow(),
    queue: new CommandQueue(),
    things: new Map(),
    thingOfEvent: new Map(),
    highestSeq: new Map(),
    sdk: emptyRecordedSdk(),
    usedLangFlags: new Set(),
    patches: new Map(),
    takenBack: [],
    renumbered: new Map(),
    peekedMarkers: [],
    carriesOver: false,
    admittedUpdates: new Map(),
    pendingUpdates: [],
    jobs: [],
    messages: [],
    localOrders: [],
    replaying: false,
    atEnd: false,
    lastEventId: 0,
    previousStartedEventId: 0,
    taskStartMs: 0,
    nowMs: 0,
    closed: false,
    historySizeBytes: 0,
    continueAsNewSuggested: false,
    continueAsNewReasons: [],
    targetVersionChanged: false,
  };
}

export function advanceTime(state: RunState, toMs: number): void {
  if (toMs > state.nowMs) state.nowMs = toMs;
}

/** Carries out what a member wants done. `intent` is what made it want that; it defaults to what made the member. */
export function perform(state: RunState, effects: readonly Effect[], member: Member, intent = member.intent): void {
  for (const effect of effects) {
    switch (effect.kind) {
      case 'send':
        state.queue.add(member, effect.command, intent);
        break;
      case 'drop':
        state.queue.withdraw(member.thing);
        if (state.strict) state.takenBack.push(member.intent);
        break;
      case 'tell':
        state.jobs.push(effect.job);
        break;
      case 'reply':
        state.messages.push(effect.message);
        break;
      case 'advanceTime':
        advanceTime(state, effect.toMs);
        break;
      case 'runLocally':
      case 'cancelLocally':
        orderLocally(state, effect.kind, member.intent);
        break;
    }
  }
}

function orderLocally(state: RunState, kind: 'runLocally' | 'cancelLocally', intent: Intent): void {
  invariant('seq' in intent, `a local activity has a seq, its intent ${intent.kind} does not`);
  const { seq } = intent;
  state.localOrders.push(kind === 'runLocally' ? { kind: 'run', seq, intent } : { kind: 'cancel', seq });
}

/** Removes a member that nothing can happen to any more (I1). */
export function forgetIfDone(state: RunState, { key, thing }: Member): void {
  if (thing.isDone) state.things.delete(key);
}
