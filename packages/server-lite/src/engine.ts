/**
 * load → decide → evolve → commit → perform.
 *
 * Within a turn of the event loop decisions change executions in memory at once, so that the next request of the same turn
 * sees them. One commit then gives the turn to the store; dispatch, timers and work on other runs wait for it. Answers wait
 * until it is durable as well.
 *
 * I1. After a failed commit every run that its turn touched is forgotten, and read anew from the store.
 */
import { invalidArgument, ServiceError } from './errors.ts';
import { BrokenBound, keepBounds } from './execution/decide/bounds.ts';
import { terminateRun } from './execution/decide/close-run.ts';
import { startRun } from './execution/decide/start-run.ts';
import { timersDue } from './execution/decide/timers-due.ts';
import type { Effect } from './execution/effects.ts';
import { type Execution, newExecution } from './execution/execution.ts';
import { followUps } from './execution/follow-up.ts';
import type { NewRun } from './execution/new-run.ts';
import type { RunKind, RunRef } from './execution/run-ref.ts';
import { type Surroundings, Transition } from './execution/transition.ts';
import type { NoteGrowth } from './growth-warnings.ts';
import { LoadedRuns } from './runs/loaded-runs.ts';
import { RunAgenda } from './runs/run-agenda.ts';
import { RunCache } from './runs/run-cache.ts';
import { noteStored } from './runs/run-codec.ts';
import { noSuchRun, RunDirectory } from './runs/run-directory.ts';
import { RunWaiters } from './runs/run-waiters.ts';
import type { RunRow, Store } from './store/store.ts';
import type { Logger } from './system/logger.ts';
import type { Holds, TimerQueue } from './time/timer-queue.ts';
import { addTransition } from './turn/add-transition.ts';
import { TurnCycle } from './turn/turn-cycle.ts';
import { TurnWriter } from './turn/turn-writer.ts';
import type { VisibilityWriter } from './visibility/visibility.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly timers: TimerQueue;
  readonly visibility: VisibilityWriter;
  readonly log: Logger;
  readonly holds: Holds | undefined;
  readonly around: () => Surroundings;
  readonly noteGrowth: NoteGrowth;
  /** Told of each run that has closed. */
  readonly closed: (run: RunRef, status: number) => void;
  /** Carries out what follows a commit. */
  readonly perform: (effect: Effect) => void;
}

const cachedRuns = { running: 20_000, closed: 500 };

export class Engine {
  readonly waiters = new RunWaiters();
  readonly cache = new RunCache(cachedRuns);
  readonly #options: EngineOptions;
  readonly #directory: RunDirectory;
  readonly #loaded: LoadedRuns;
  readonly #agenda: RunAgenda;
  readonly #turns: TurnCycle;
  #nextKey: number;

  constructor(options: EngineOptions) {
    const { store, holds, around } = options;
    const openTurn = () => this.#turns.open;
    this.#options = options;
    this.#nextKey = store.nextRunKey();
    this.#directory = new RunDirectory({ store, capacity: cachedRuns.running, openTurn });
    this.#loaded = new LoadedRuns({ store, cache: this.cache, openTurn });
    const load = (key: number): Execution | undefined => this.#loaded.find(key);
    const fire = (key: number): Promise<void> => this.write(() => this.#timersDue(key));
    this.#agenda = new RunAgenda({ ...options, load, fire, now: () => around().nowMs });
    const { known } = this.#directory;
    const writer = new TurnWriter({ ...options, agenda: this.#agenda, cache: this.cache, known, load });
    this.#turns = new TurnCycle({
      write: (turn) => {
        this.#directory.commit();
        writer.write(turn);
        this.#loaded.trim();
      },
      sync: () => store.sync(),
      syncNow: () => store.syncNow(),
      settled: (turn) => writer.tell(turn),
      unwritten: (turn, error) => writer.forget(turn, error),
      unsettled: (error) => writer.doubt(error),
    });
    if (holds) holds.underWay = () => this.#turns.last?.settled.promise;
  }

  /** Takes up all that the store says is still to be done. */
  start(): void {
    this.#agenda.start();
  }

  /** Makes durable what has been decided. Nothing can be changed from then on. */
  stop(): void {
    this.#agenda.stop();
    this.#turns.finish();
  }

  /** The run of this id, or the current one of the workflow or activity. */
  find(namespaceId: string, workflowId: string, runId = '', kind: RunKind = 'workflow'): RunRow | undefined {
    return this.#directory.find({ kind, namespaceId, workflowId }, runId);
  }

  /** @throws ServiceError NOT_FOUND */
  require(namespaceId: string, workflowId: string, runId = '', kind: RunKind = 'workflow'): RunRow {
    const run = this.find(namespaceId, workflowId, runId, kind);
    if (!run) throw noSuchRun(kind, workflowId, runId);
    return run;
  }

  /** The run as it is now, with what this turn has decided already. */
  read(run: RunRef): Execution {
    return this.#loaded.load(run.key);
  }

  /** Does synchronous work of any number of transitions, and tells how it went once all that it has seen is durable. */
  async commit<Result>(work: () => Result): Promise<Result> {
    try {
      return work();
    } finally {
      await this.#turns.last?.settled.promise;
    }
  }

  /** The same for work of the server's own, of which nobody is told: resolves once the store has it. */
  async write<Result>(work: () => Result): Promise<Result> {
    const result = work();
    await this.#turns.open?.written.promise;
    return result;
  }

  /** Resolves when the store has all that has been decided for the run. */
  async stored({ key }: RunRef): Promise<void> {
    while (this.#turns.open?.touched.has(key)) await this.#turns.open.written.promise;
  }

  /**
   * One transition, in memory. What it throws leaves the run as it was before.
   * @throws ServiceError INVALID_ARGUMENT when the run would get too large: it is terminated instead
   */
  transact<Result>(run: RunRef, decide: (t: Transition) => Result): Result {
    const execution = this.#loaded.load(run.key);
    const wasClosed = execution.closed !== undefined;
    const t = new Transition(execution, this.#options.around());
    const result = this.#decide(t, decide);
    this.#take(t, { wasClosed });
    return result;
  }

  /** A new run, which its workflow id stands for from now on. */
  create(newRun: NewRun, before?: (t: Transition) => void): RunRef {
    return this.createWith(newRun, (t) => startRun(t, newRun, before));
  }

  /** A new run that begins in a way of its own. */
  createWith(newRun: Pick<NewRun, 'run' | 'createRequestId'>, begin: (t: Transition) => void): RunRef {
    const run: RunRef = { ...newRun.run, key: this.#nextKey++ };
    const execution = newExecution(run);
    const t = new Transition(execution, this.#options.around());
    begin(t);
    t.close();
    const row: RunRow = {
      ...run,
      status: 1,
      createRequestId: newRun.createRequestId,
      startTimeMs: execution.startTimeMs,
    };
    this.#adopt(row, execution);
    this.#take(t, { wasClosed: false });
    return run;
  }

  /** What a run has to do could not be done: it is handed out once more in a while. */
  offerAgain(run: RunRef): void {
    this.#agenda.again(run.key);
  }

  /** Takes a run and all that is known of it away. */
  delete(run: RunRef): void {
    const turn = this.#turns.begin();
    turn.deleted.add(run.key);
    turn.changes.deleteRuns.push(run);
    turn.changes.writes.push(() => this.#options.visibility.remove(run.key));
    this.cache.delete(run.key);
    this.#agenda.disarm(run.key);
    turn.effects.push({ kind: 'notifyHistory', run });
  }

  #adopt(row: RunRow, execution: Execution): void {
    const { changes } = this.#turns.begin();
    changes.createRuns.push(row);
    const { kind, namespaceId, workflowId } = row;
    changes.currentRuns.push({ kind, namespaceId, workflowId, runKey: row.key });
    this.cache.set(row.key, execution);
    this.#directory.add(row);
  }

  #decide<Result>(t: Transition, decide: (t: Transition) => Result): Result {
    const { run } = t.execution;
    try {
      const result = decide(t);
      keepBounds(t);
      t.close();
      return result;
    } catch (error) {
      if (t.facts.length > 0) this.#loaded.rollBack(run.key);
      if (!(error instanceof BrokenBound)) throw error;
      const { reason } = error;
      this.transact(run, (end) => terminateRun(end, { reason, identity: 'history-service' }));
      throw invalidArgument(reason);
    }
  }

  #take(t: Transition, before: { wasClosed: boolean }): void {
    const { execution, facts } = t;
    if (facts.length > 0) {
      const growth = addTransition(this.#turns.begin(), t, before);
      this.#options.noteGrowth(execution, growth);
      noteStored(execution, growth.bytes);
    }
    const effects = [...followUps(execution, facts), ...t.effects];
    if (effects.length > 0) this.#turns.begin().effects.push(...effects);
    for (const newRun of t.newRuns) this.create(newRun);
  }

  #timersDue(key: number): void {
    const execution = this.#loaded.find(key);
    try {
      if (execution) this.transact(execution.run, timersDue);
    } catch (error) {
      // The run has got too large, and was ended.
      if (!(error instanceof ServiceError)) throw error;
    }
  }
}
