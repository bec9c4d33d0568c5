/**
 * One transition of one run: what a decision does, gathered while it decides. Every fact takes effect on the execution at
 * once, so that a decision of several steps sees its own earlier ones.
 *
 * I1. Events get their ids here and nowhere else.
 * I2. A speculative task that any other write meets becomes a normal one first, since its event ids are no longer free.
 */
import type { AttributesOf, EventName } from './event-kinds.ts';
import { eventKinds } from './event-kinds.ts';
import { evolve } from './evolve.ts';
import type { Effect } from './effects.ts';
import type { EventExtras } from './event-extras.ts';
import type { Version } from './version.ts';
import type { Execution } from './execution.ts';
import { isRunning } from './execution.ts';
import type { Fact, UnrecordedFact } from './facts.ts';
import type { Limits } from './limits.ts';
import type { NewRun } from './new-run.ts';
import { numberBuffered } from './number-buffered.ts';
import { startedTaskAttributes, taskScheduledAttributes } from './task-attributes.ts';
import type { HistoryEvent } from './wire.ts';
import { timestamp } from './wire.ts';

/** What a decision may use besides its arguments: everything that is not determined by the execution. */
export interface Surroundings {
  readonly nowMs: number;
  readonly limits: Limits;
  /** A fresh id; seeded. */
  uuid(): string;
  /** Greater than any given before, and than this one. */
  taskId(after: number): number;
  /** At least 0, less than 1; seeded. */
  random(): number;
  /** When a cron schedule is next due; undefined when it never is, or is none. */
  nextCronMs(cron: string, afterMs: number): number | undefined;
  /** What is wrong with a cron schedule, or undefined. */
  cronProblem(cron: string): string | undefined;
  /** Whether workers of a version poll the queue of workflow tasks with this name. */
  versionReaches(namespaceId: string, version: Version, taskQueue: string): boolean;
  /** How long a namespace keeps what has closed. */
  retentionMs(namespaceId: string): number;
}

/** Facts about a speculative task or the updates it carries: they leave its event ids free. */
const quiet: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'versionRevision',
  'targetTold',
  'moveBegun',
  'activityOffered',
  'updateAdmitted',
  'updateSent',
  'updateReturned',
  'updateGone',
  'taskScheduledQuietly',
  'taskStartedQuietly',
  'taskFailedQuietly',
  'taskDropped',
  'taskRequeued',
  'stickyCleared',
]);

export class Transition {
  readonly execution: Execution;
  readonly around: Surroundings;
  readonly facts: Fact[] = [];
  /** Effects that no fact implies. */
  readonly effects: Effect[] = [];
  /** Runs to create in the same commit: the next of a chain. */
  readonly newRuns: NewRun[] = [];
  /** Indexes into `facts` at which a new history batch begins. */
  readonly batchStarts: number[] = [];

  constructor(execution: Execution, around: Surroundings) {
    this.execution = execution;
    this.around = around;
  }

  get nowMs(): number {
    return this.around.nowMs;
  }

  /** Writes an event, or holds it back while a workflow task is started. */
  record<Name extends EventName>(name: Name, attributes: AttributesOf<Name>, extras: EventExtras = {}): HistoryEvent {
    const event = this.#event(name, attributes, extras);
    if (!isRunning(this.execution)) {
      throw new TypeError(`expected a running execution for event ${name}, found ${this.execution.run.runId} closed`);
    }
    if (eventKinds[name].buffered) {
      this.#take({ kind: 'buffered', event });
    } else {
      this.settleSpeculative();
      this.#number(event);
    }
    return event;
  }

  /** Takes over a batch of events of another run as it is. */
  copy(events: readonly HistoryEvent[]): void {
    for (const event of events) this.#take({ kind: 'event', event });
    this.newBatch();
  }

  note(fact: UnrecordedFact): void {
    this.#take(fact);
  }

  /** Numbers what was held back. Returns how many events there were. */
  flush(): number {
    const held = this.execution.buffered;
    if (held.length === 0) return 0;
    this.settleSpeculative();
    const heldHere = new Set(held);
    const isKept = (fact: Fact): boolean => fact.kind !== 'buffered' || !heldHere.has(fact.event);
    const starts = this.batchStarts.map((start) => this.facts.slice(0, start).filter(isKept).length);
    this.batchStarts.splice(0, starts.length, ...starts);
    this.facts.splice(0, this.facts.length, ...this.facts.filter(isKept));
    for (const event of numberBuffered(this.execution, held)) this.#take({ kind: 'event', event });
    return held.length;
  }

  /** From here on events belong to a batch of their own. */
  newBatch(): void {
    this.batchStarts.push(this.facts.length);
  }

  /** Writes the events of a speculative task that was not written yet. */
  settleSpeculative(identity = ''): void {
    const task = this.execution.task;
    if (task?.type !== 'speculative') return;
    this.writeQuietTask(identity);
  }

  /** Writes what a transient or speculative task has not written. */
  writeQuietTask(identity: string): void {
    const task = this.execution.task;
    if (!task || task.type === 'normal') return;
    this.#number(this.#event('taskScheduled', taskScheduledAttributes(task), { timeMs: task.scheduledTimeMs }));
    if (task.kind !== 'started') return;
    const attributes = startedTaskAttributes({ ...task, identity }, this.execution.nextEventId - 1);
    this.#number(this.#event('taskStarted', attributes, { timeMs: task.startedTimeMs }));
    this.newBatch();
  }

  /** Ends the transition: what may be numbered is. */
  close(): void {
    const scheduledHere = this.facts.findLastIndex((fact) => fact.kind === 'taskScheduledQuietly');
    if (this.facts.slice(scheduledHere + 1).some((fact) => !quiet.has(fact.kind))) this.settleSpeculative();
    if (this.execution.task?.kind !== 'started') this.flush();
  }

  #event<Name extends EventName>(name: Name, attributes: AttributesOf<Name>, extras: EventExtras): HistoryEvent {
    const { type, field } = eventKinds[name];
    const event: HistoryEvent = {
      eventTime: timestamp(extras.timeMs ?? this.nowMs),
      eventType: type,
      [field]: attributes,
    };
    if (extras.workerMayIgnore) event.workerMayIgnore = true;
    if (extras.userMetadata) event.userMetadata = extras.userMetadata;
    if (extras.links && extras.links.length > 0) event.links = [...extras.links];
    if (extras.eventGroupMarkers && extras.eventGroupMarkers.length > 0) {
      event.eventGroupMarkers = extras.eventGroupMarkers;
    }
    return event;
  }

  #number(event: HistoryEvent): void {
    event.eventId = this.execution.nextEventId;
    this.#take({ kind: 'event', event });
  }

  #take(fact: Fact): void {
    if (fact.kind === 'event') fact.event.taskId ??= this.around.taskId(this.execution.lastTaskId);
    this.facts.push(fact);
    evolve(this.execution, fact);
  }
}
