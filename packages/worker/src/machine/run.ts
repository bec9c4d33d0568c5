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
import { applyEvent } from './apply-event.ts';
import type { LocalActivityRecord, OutgoingMessage, UpdateRequest } from './command-request.ts';
import type { PendingCommand } from './command-queue.ts';
import { EventType, eventTypeName, isCommandEvent, type HistoryEvent } from './event-type.ts';
import { newSdkMetadata, noteTaskCompleted, type SdkMetadata } from './flags.ts';
import { HistoryWindow, type Sequence } from './history-window.ts';
import { sortJobs } from './job-order.ts';
import { lookAhead, resolvePeekedMarkers } from './look-ahead.ts';
import { mismatch } from './nondeterminism.ts';
import type { RunIdentity } from './run-facts.ts';
import { advanceTime, newRunState, perform, type LocalActivityOrder, type RunObserver, type RunState } from './run-state.ts';
import { thingKey } from './thing.ts';
import { deliverUpdate } from './updates.ts';
import { spanMs } from './wall-time.ts';

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

export class Run {
  readonly #state: RunState;
  readonly #window = new HistoryWindow();
  #previousStartedEventId = 0;
  #updates: UpdateRequest[] = [];
  #versioningBehavior: number | undefined;
  #failure: { failure: WallFailure; isNondeterminism: boolean } | undefined;

  constructor(identity: RunIdentity, observer: RunObserver = {}) {
    this.#state = newRunState(identity, observer);
  }

  /** Takes the events of a task. Throws MismatchError when they do not follow what was folded. */
  begin(task: TaskInput): void {
    const first = task.events[0];
    if (this.#state.lastEventId === 0 && first !== undefined && first.eventType !== EventType.WorkflowExecutionStarted) {
      mismatch('invalid-history', 'First event in history was not workflow execution started!', { event: first });
    }
    this.#window.load(task.events);
    this.#previousStartedEventId = task.previousStartedEventId;
    this.#state.replaying = task.previousStartedEventId > 0;
    this.#updates = [...(task.updates ?? [])];
  }

  /** The next activation; undefined when there is nothing to tell the code until more happens. */
  nextSlice(): Slice | undefined {
    const state = this.#state;
    for (;;) {
      resolvePeekedMarkers(state);
      if (state.jobs.length > 0) return this.#slice();
      if (state.closed) {
        state.replaying = false;
        return undefined;
      }
      const sequence = this.#window.take(state.lastEventId);
      if (sequence === undefined) {
        state.replaying = false;
        this.#goLive();
        return this.#updates.length > 0 ? this.#deliverAndSlice() : undefined;
      }
      this.#fold(sequence);
    }
  }

  /** Takes what the code asked for in the activation of the last slice. */
  accept(completion: Completion): void {
    if (completion.status === 'failed') {
      this.#failure = { failure: completion.failure, isNondeterminism: completion.isNondeterminism === true };
      return;
    }
    for (const flag of completion.usedFlags) this.#state.usedLangFlags.add(flag);
    if (completion.versioningBehavior !== undefined) this.#versioningBehavior = completion.versioningBehavior;
    acceptIntents(this.#state, completion.intents);
  }

  /** Tells a local activity that the worker has run it. */
  resolveLocalActivity(outcome: LocalOutcome): void {
    const member = this.#state.things.get(thingKey('activity', outcome.seq));
    if (member?.intent.kind !== 'scheduleLocalActivity') return;
    const { activityId, activityType } = member.intent;
    const completeTimeMs = this.#state.taskStartMs + outcome.elapsedMs;
    const record = { ...outcome.record, seq: outcome.seq, activityId, activityType, completeTimeMs };
    const input = { kind: 'resolvedLocally', resolution: outcome.resolution, record };
    perform(this.#state, member.thing.take(input), member);
  }

  /** The local activities to run or to cancel since this was last asked. */
  takeLocalOrders(): LocalActivityOrder[] {
    const orders = this.#state.localOrders;
    this.#state.localOrders = [];
    return orders;
  }

  /** Local activities that the worker still runs: the task is not over while there are any. */
  get runsLocally(): boolean {
    for (const { thing } of this.#state.things.values()) {
      if (thing.kind === 'localActivity' && (thing.stateKind === 'running' || thing.stateKind === 'canceling')) return true;
    }
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
    return [...commands.flatMap(({ request }) => (request.kind === 'protocolMessage' ? [request.message] : [])), ...alone];
  }

  /** What the completion says of this SDK beyond what history has. */
  sdkMetadata(sdk: { sdkName: string; sdkVersion: string }): SdkMetadata {
    return newSdkMetadata(this.#state.sdk, { lang: this.#state.usedLangFlags, ...sdk });
  }

  /** An activation that only asks: nothing that it leads to is kept. */
  queryActivation(jobs: Activation['jobs']): Activation {
    return { ...this.#activation(jobs), isReplaying: true, isReplayingHistoryEvents: false };
  }

  /** The server dropped the task that was just answered: its two events are not part of history. */
  discardLastTask(): void {
    this.#state.lastEventId -= 2;
  }

  /** Commands that wait for their event, for reports. */
  get waiting(): readonly PendingCommand[] {
    return this.#state.queue.waiting();
  }

  get failure(): { failure: WallFailure; isNondeterminism: boolean } | undefined {
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

  #fold(sequence: Sequence): void {
    const state = this.#state;
    const { events } = sequence;
    state.atEnd = sequence.isLast;
    this.#noteCompletions(events);
    const end = events.at(-1);
    const isTask = end?.eventType === EventType.WorkflowTaskStarted;
    const isWhole = isTask || state.closed || (end !== undefined && isClosing(end));
    for (let i = 0; i < events.length; ) {
      const event = events[i] as HistoryEvent;
      if (!isWhole && !isAftermath(event)) break;
      this.#checkOrder(event);
      this.#noteReplay(event, sequence.isLast);
      if (!isCommandEvent(event)) this.#checkLeftovers(event);
      this.#deliverUpdatesBefore(event.eventId ?? 0);
      const consumed = applyEvent(state, event, events[i + 1]);
      i += consumed;
      state.lastEventId = (event.eventId ?? 0) + consumed - 1;
    }
    if (!isWhole) this.#window.load([]);
    if (isTask && end !== undefined) this.#startTask(end);
    else if (state.closed) state.jobs = [];
    if (state.closed) this.#checkLeftovers(end);
    lookAhead(state, this.#window.peek());
  }

  /** Flags and versions of the completions at hand, and of the one that the code is about to be matched with. */
  #noteCompletions(events: readonly HistoryEvent[]): void {
    for (const event of [...events, this.#window.nextTaskCompleted()]) {
      const completed = event?.workflowTaskCompletedEventAttributes;
      if (completed) noteTaskCompleted(this.#state.sdk, completed);
    }
  }

  #checkOrder(event: HistoryEvent): void {
    const { lastEventId } = this.#state;
    const eventId = event.eventId ?? 0;
    if (eventId === lastEventId + 1) return;
    const text = `History is out of order. Last processed event: ${lastEventId}, event id: ${eventId}`;
    mismatch('invalid-history', text, { event });
  }

  /** Replay is over with the first event that no worker has seen: what a command made was seen by the one that asked. */
  #noteReplay(event: HistoryEvent, isLast: boolean): void {
    if (!this.#state.replaying || !isLast || (event.eventId ?? 0) <= this.#previousStartedEventId) return;
    if (event.eventType !== EventType.WorkflowTaskCompleted && !isCommandEvent(event)) this.#state.replaying = false;
  }

  /** Strict: after the commands that a task recorded, nothing may be left that the code asked for in it. */
  #checkLeftovers(event: HistoryEvent | undefined): void {
    if (!this.#state.strict || event === undefined) return;
    const { eventType } = event;
    if (eventType === EventType.WorkflowTaskCompleted) return;
    const isPatch = ({ owner }: PendingCommand): boolean => owner.thing.kind === 'patch' || owner.thing.kind === 'changeVersion';
    const left = this.#state.queue.waiting().find((command) => !isPatch(command));
    if (left === undefined) return;
    const text = `The code asks for '${left.intent.kind}', which the completed task before event ${event.eventId ?? 0} (${eventTypeName(eventType)}) did not record`;
    mismatch('leftover-command', text, { event, intent: left.intent });
  }

  #deliverUpdatesBefore(eventId: number): void {
    const due = this.#updates.filter((update) => update.sequencingEventId < eventId);
    if (due.length === 0) return;
    this.#updates = this.#updates.filter((update) => !due.includes(update));
    for (const update of due) deliverUpdate(this.#state, update, true);
  }

  #startTask(event: HistoryEvent): void {
    const state = this.#state;
    const started = event.workflowTaskStartedEventAttributes;
    state.taskStartedEventId = event.eventId ?? 0;
    state.taskStartMs = spanMs(event.eventTime) ?? 0;
    advanceTime(state, state.taskStartMs);
    state.historySizeBytes = started?.historySizeBytes ?? 0;
    state.continueAsNewSuggested = started?.suggestContinueAsNew === true;
    state.continueAsNewReasons = [...(started?.suggestContinueAsNewReasons ?? [])];
    state.targetVersionChanged = started?.targetWorkerDeploymentVersionChanged === true;
    if (!state.replaying) this.#goLive();
    if (!state.replaying) this.#deliverUpdatesBefore(Number.POSITIVE_INFINITY);
  }

  /** Local activities whose markers will not come are run now. */
  #goLive(): void {
    for (const member of this.#state.things.values()) {
      if (member.thing.kind === 'localActivity') perform(this.#state, member.thing.take({ kind: 'goLive' }), member);
    }
  }

  #deliverAndSlice(): Slice | undefined {
    this.#deliverUpdatesBefore(Number.POSITIVE_INFINITY);
    return this.#state.jobs.length > 0 ? this.#slice() : undefined;
  }

  #slice(): Slice {
    const { jobs } = this.#state;
    this.#state.jobs = [];
    return { activation: this.#activation(sortJobs(jobs)) };
  }

  #activation(jobs: Activation['jobs']): Activation {
    const { sdk, ...state } = this.#state;
    return {
      nowMs: state.nowMs,
      isReplaying: state.replaying,
      isReplayingHistoryEvents: state.replaying,
      historyLength: state.lastEventId,
      historySizeBytes: state.historySizeBytes,
      continueAsNewSuggested: state.continueAsNewSuggested,
      suggestedContinueAsNewReasons: state.continueAsNewReasons,
      ...(sdk.buildId === undefined ? {} : { currentBuildId: sdk.buildId }),
      ...(sdk.deployment === undefined ? {} : { currentDeploymentVersion: sdk.deployment }),
      targetWorkerDeploymentVersionChanged: state.targetVersionChanged,
      knownFlags: [...sdk.lang],
      ...(sdk.version === '' ? {} : { lastSdkVersion: sdk.version }),
      jobs,
    };
  }
}

function isClosing(event: HistoryEvent): boolean {
  return eventTypeName(event.eventType).startsWith('WorkflowExecution') && event.eventType !== EventType.WorkflowExecutionStarted;
}

/** What a completed task leaves behind it: seen by the worker that completed it, whether or not a task follows. */
function isAftermath(event: HistoryEvent): boolean {
  return event.eventType === EventType.WorkflowTaskCompleted || isCommandEvent(event);
}

export type { Intent };
