/**
 * One run of a workflow as its worker knows it: folds history events into slices of jobs, and takes what the code asks
 * for. It decides and does nothing else: no clock, no randomness, no waiting.
 *
 * Use: `begin` with what the server gave, then `nextSlice` / `accept` by turns until `nextSlice` returns undefined, then
 * `takeCommands`. Local activities make slices later: `resolveLocalActivity`, then `nextSlice` again.
 *
 * I1. Events are folded once each, in order, without gaps.
 * I2. A step that ends in a mismatch ends the run: nothing may be asked of it afterwards.
 */
import type { WallFailure } from '@reprise/common';
import type { Activation, ActivityResolution, Completion, Intent } from '@reprise/workflow/runtime';
import { acceptIntents } from './accept-intents.ts';
import { activationOf } from './activation-of.ts';
import type { PendingCommand } from './command-queue.ts';
import type { LocalActivityRecord, OutgoingMessage, UpdateRequest } from './command-request.ts';
import { EventType, type HistoryEvent } from './event-type.ts';
import { newSdkMetadata, type SdkMetadata } from './flags.ts';
import { deliverUpdatesBefore, foldSequence, goLive } from './fold-sequence.ts';
import { sortJobs } from './job-order.ts';
import { resolvePeekedMarkers } from './look-ahead.ts';
import { mismatch } from './nondeterminism.ts';
import { checkRunning } from './numbers.ts';
import { isCloseIntent } from './one-shot.ts';
import type { RunIdentity } from './run-facts.ts';
import { newRunState, perform, type LocalActivityOrder, type RunObserver, type RunState } from './run-state.ts';
import { thingKey, type Thing } from './thing.ts';

export interface TaskInput {
  /** All that the server has, or what it has after the last task that this run folded. */
  readonly events: readonly HistoryEvent[];
  /** The started event of the last completed task before these events; 0 when there is none. */
  readonly previousStartedEventId: number;
  readonly updates?: readonly UpdateRequest[];
}

export interface Slice {
  readonly activation: Activation;
}

export interface LocalOutcome {
  readonly seq: number;
  readonly resolution: ActivityResolution;
  readonly record: Omit<LocalActivityRecord, 'seq' | 'activityId' | 'activityType' | 'completeTimeMs'>;
  /** Since the workflow task was received. */
  readonly elapsedMs: number;
}

export interface Waiting {
  /** Commands that wait for their event. */
  readonly pending: readonly PendingCommand[];
  /** Local activities. Their markers come when they are done, so they are no commands. */
  readonly awaited: readonly Intent[];
}

export class Run {
  readonly #state: RunState;
  #versioningBehavior: number | undefined;
  /** The code has ended the run: it is told nothing more, since what it asked for then could no longer be recorded. */
  #isEnding = false;
  #failure: WallFailure | undefined;

  constructor(identity: RunIdentity, observer: RunObserver = {}) {
    this.#state = newRunState(identity, observer);
  }

  /** Takes the events of a task. Throws MismatchError when they do not follow what was folded. */
  begin(task: TaskInput): void {
    const first = task.events[0];
    if (
      this.#state.lastEventId === 0 &&
      first !== undefined &&
      first.eventType !== EventType.WorkflowExecutionStarted
    ) {
      mismatch('invalid-history', 'First event in history was not workflow execution started!', { event: first });
    }
    this.#state.window.load(task.events);
    this.#state.previousStartedEventId = task.previousStartedEventId;
    this.#state.replaying = task.previousStartedEventId > 0;
    this.#state.pendingUpdates = [...(task.updates ?? [])];
  }

  /** The next activation; undefined when there is nothing to tell the code until more happens. */
  nextSlice(): Slice | undefined {
    const state = this.#state;
    for (;;) {
      resolvePeekedMarkers(state);
      if (state.jobs.length > 0 && !this.#isEnding) return this.#slice();
      state.jobs = [];
      if (state.closed) {
        state.replaying = false;
        return undefined;
      }
      const sequence = state.window.take(state.lastEventId);
      if (sequence === undefined) {
        state.replaying = false;
        checkRunning(state);
        goLive(state);
        return state.pendingUpdates.length > 0 && !this.#isEnding ? this.#deliverAndSlice() : undefined;
      }
      foldSequence(state, sequence);
    }
  }

  /** Takes what the code asked for in the activation of the last slice. */
  accept(completion: Completion): void {
    if (completion.status === 'failed') {
      this.#failure = completion.failure;
      return;
    }
    for (const flag of completion.usedFlags) this.#state.usedLangFlags.add(flag);
    if (completion.versioningBehavior !== undefined) this.#versioningBehavior = completion.versioningBehavior;
    acceptIntents(this.#state, completion.intents);
    if (completion.intents.some(isCloseIntent)) this.#isEnding = true;
  }

  /** Tells a local activity that the worker has run it. */
  resolveLocalActivity(outcome: LocalOutcome): void {
    const member = this.#state.things.get(thingKey('activity', outcome.seq));
    if (member?.intent.kind !== 'scheduleLocalActivity') return;
    const { activityId, activityType } = member.intent;
    // Whole, as replay reads it of the marker: workflow code must see the same time both times.
    const completeTimeMs = Math.floor(this.#state.taskStartMs + outcome.elapsedMs);
    const record = { ...outcome.record, seq: outcome.seq, activityId, activityType, completeTimeMs };
    const input = { kind: 'resolvedLocally', resolution: outcome.resolution, record };
    perform(this.#state, member.thing.take(input), member);
  }

  /** The local activities to run or to cancel since this was last asked: none that the code no longer waits for is begun. */
  takeLocalOrders(): LocalActivityOrder[] {
    const orders = this.#state.localOrders;
    this.#state.localOrders = [];
    const isWanted = (seq: number): boolean => runsNow(this.#state.things.get(thingKey('activity', seq))?.thing);
    return orders.filter(({ kind, seq }) => kind === 'cancel' || (!this.#isEnding && isWanted(seq)));
  }

  /** Local activities that the worker still runs: the task is not over while there are any, unless it ends the run. */
  get runsLocally(): boolean {
    if (this.#isEnding) return false;
    for (const { thing } of this.#state.things.values()) if (runsNow(thing)) return true;
    return false;
  }

  /** The commands to send, in order; each is handed out once. */
  takeCommands(): PendingCommand[] {
    return this.#state.queue.takeUnsent();
  }

  /** Messages that go with the commands. */
  takeMessages(commands: readonly PendingCommand[]): OutgoingMessage[] {
    const alone = this.#state.messages;
    this.#state.messages = [];
    return [
      ...commands.flatMap(({ request }) => (request.kind === 'protocolMessage' ? [request.message] : [])),
      ...alone,
    ];
  }

  /** What the completion says of this SDK beyond what history has. */
  sdkMetadata(sdk: { sdkName: string; sdkVersion: string }): SdkMetadata {
    return newSdkMetadata(this.#state.sdk, { lang: this.#state.usedLangFlags, ...sdk });
  }

  /** An activation that only asks: nothing that it leads to is kept. */
  queryActivation(jobs: Activation['jobs']): Activation {
    return { ...activationOf(this.#state, jobs), isReplaying: true, isReplayingHistoryEvents: false };
  }

  /** The server dropped the task that was just answered: its two events are not part of history. */
  discardLastTask(): void {
    this.#state.lastEventId -= 2;
  }

  /** What the code asked for and history has not shown yet, for reports. */
  get waiting(): Waiting {
    const awaited = [...this.#state.things.values()]
      .filter(({ thing }) => thing.kind === 'localActivity' && thing.stateKind === 'awaitingMarker')
      .map(({ intent }) => intent);
    return { pending: this.#state.queue.waiting(), awaited };
  }

  get failure(): WallFailure | undefined {
    return this.#failure;
  }

  get versioningBehavior(): number | undefined {
    return this.#versioningBehavior;
  }

  get isReplaying(): boolean {
    return this.#state.replaying;
  }

  get isClosed(): boolean {
    return this.#state.closed;
  }

  get lastEventId(): number {
    return this.#state.lastEventId;
  }

  #deliverAndSlice(): Slice | undefined {
    deliverUpdatesBefore(this.#state, Number.POSITIVE_INFINITY);
    return this.#state.jobs.length > 0 ? this.#slice() : undefined;
  }

  #slice(): Slice {
    const { jobs } = this.#state;
    this.#state.jobs = [];
    return { activation: activationOf(this.#state, sortJobs(jobs)) };
  }
}

function runsNow(thing: Thing | undefined): boolean {
  return thing?.kind === 'localActivity' && (thing.stateKind === 'running' || thing.stateKind === 'canceling');
}
