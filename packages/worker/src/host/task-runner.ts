/**
 * Owns the live runs of one place: their machines, and the isolates that their instances live in. Synchronous: each call
 * takes a task as far as it gets.
 *
 * I1. A run is in `#runs` exactly as long as its instance is in its isolate.
 * I2. `#runs` is ordered by last use; runs whose task is under way are never evicted to make room.
 */
import type { Activation, Completion, RunCreation, SinkCall } from '@reprise/workflow/runtime';
import { failureTypesOf, type WorkflowFailureErrorTypes } from '../options/failure-types.ts';
import { IsolateLostError, type Isolate } from '../isolate/isolate.ts';
import { encodeCommand, type CommandContext } from '../machine/encode-command.ts';
import { MismatchError } from '../machine/nondeterminism.ts';
import { randomSeedOf } from '../machine/random-seed.ts';
import { Run, type LocalOutcome } from '../machine/run.ts';
import type { LocalActivityOrder, RunBuild } from '../machine/run-state.ts';
import { isWorthCollecting } from './is-worth-collecting.ts';
import { mapStacks } from './map-stacks.ts';
import type { HostTask, QueryAnswer, TaskAnswer } from './workflow-host.ts';

export type RunSettings = Pick<RunCreation, 'registeredActivityNames' | 'sdkVersion'> & {
  readonly failureErrorTypes?: WorkflowFailureErrorTypes;
  /** The version of this worker, for code that runs for the first time. */
  readonly build?: RunBuild;
  /** The enhanced stack trace has the source of the files that it names. */
  readonly showsSources?: boolean;
};

export interface TaskRunnerOptions {
  /** Makes an isolate; every run of a shared one lives beside others. */
  createIsolate(): Isolate;
  /** What every run is created with, beside its identity. */
  readonly runSettings: RunSettings;
  /** Runs kept alive between tasks; 0 keeps none. */
  readonly maxCachedRuns: number;
  /** When the shared isolate holds more, it is replaced and its runs are rebuilt. Default: no limit. */
  readonly maxHeapBytes?: number;
  readonly sdkName: string;
  readonly sdkVersion: string;
  /** Told of the run whose code is about to run, and undefined when it has returned. */
  onCall?(runId: string | undefined): void;
}

/** How far a call took a task. */
export type Step =
  | { readonly kind: 'answered'; readonly answer: TaskAnswer; readonly orders?: readonly LocalActivityOrder[] }
  | { readonly kind: 'waits'; readonly orders: readonly LocalActivityOrder[] };

/** Tasks between two looks at the heap. */
const HEAP_CHECK_EVERY = 100;

interface TaskUnderway {
  readonly queries: HostTask['queries'];
  readonly sinkCalls: SinkCall[];
  readonly startedMs: number;
  /** The run is rebuilt from its history first. */
  readonly isRebuilt: boolean;
  readonly hasEvicted: boolean;
  /** How long that took; known when it is done. */
  replayMs?: number;
}

interface LiveRun {
  readonly run: Run;
  readonly runKey: string;
  readonly isolate: Isolate;
  readonly isAlone: boolean;
  readonly context: CommandContext;
  /** The task under way. */
  task: TaskUnderway | undefined;
}

export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #runs = new Map<string, LiveRun>();
  /** Runs that have taken an isolate down; each gets one of its own from then on. */
  readonly #guilty = new Set<string>();
  #shared: Isolate | undefined;
  #tasksSinceHeapCheck = 0;
  /** What the shared isolate held when it had last given memory back. */
  #usedAfterRest = 0;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  get cachedRuns(): number {
    return this.#runs.size;
  }

  start(task: HostTask): Step {
    const cached = this.#runs.get(task.runId);
    if (task.isWholeHistory && cached !== undefined && !continues(cached, task)) this.evict(task.runId);
    const startedMs = performance.now();
    const known = this.#runs.get(task.runId);
    const hasEvicted = known === undefined && task.isWholeHistory && this.#makeRoom();
    const live = known ?? (task.isWholeHistory ? this.#create(task) : undefined);
    const firstEventId = task.events[0]?.eventId ?? 0;
    if (live === undefined || firstEventId > live.run.lastEventId + 1) {
      this.evict(task.runId);
      return { kind: 'answered', answer: { status: 'cacheMiss' } };
    }
    this.#runs.delete(task.runId);
    this.#runs.set(task.runId, live);
    const isRebuilt = known === undefined && task.previousStartedEventId > 0;
    live.task = { queries: task.queries, sinkCalls: [], startedMs, isRebuilt, hasEvicted };
    return this.#guard(task.runId, live, () => {
      live.run.begin(task);
      return this.#advance(task.runId, live);
    });
  }

  resolveLocal(runId: string, outcomes: readonly LocalOutcome[]): Step | undefined {
    const live = this.#runs.get(runId);
    if (live?.task === undefined) return undefined;
    return this.#guard(runId, live, () => {
      for (const outcome of outcomes) live.run.resolveLocalActivity(outcome);
      return this.#advance(runId, live);
    });
  }

  keepAlive(runId: string): Step | undefined {
    const live = this.#runs.get(runId);
    if (live?.task === undefined) return undefined;
    return { kind: 'answered', answer: this.#complete(runId, live) };
  }

  discardLastTask(runId: string): void {
    this.#runs.get(runId)?.run.discardLastTask();
  }

  evict(runId: string): void {
    const live = this.#runs.get(runId);
    if (live === undefined) return;
    this.#runs.delete(runId);
    if (live.isAlone) live.isolate.dispose();
    else live.isolate.release(live.runKey);
  }

  /** Nothing has been asked for a while: what the shared isolate no longer needs goes back to the machine. */
  rest(): void {
    const isolate = this.#shared;
    if (isolate?.collectGarbage === undefined) return;
    if (!isWorthCollecting(isolate.heapUsedBytes(), this.#usedAfterRest)) return;
    isolate.collectGarbage();
    this.#usedAfterRest = isolate.heapUsedBytes();
  }

  /** Lets go of everything. Gives the runs whose tasks were under way. */
  dispose(): string[] {
    const underway = [...this.#runs].flatMap(([runId, { task }]) => (task === undefined ? [] : [runId]));
    for (const runId of this.#runs.keys()) this.evict(runId);
    this.#shared?.dispose();
    this.#shared = undefined;
    return underway;
  }

  /** Runs code until it waits for something: for an event, then the task is answered; or for local activities. */
  #advance(runId: string, live: LiveRun): Step {
    const { run } = live;
    for (let slice = run.nextSlice(); slice !== undefined; slice = run.nextSlice()) {
      run.accept(this.#activate(runId, live, slice.activation));
      if (run.failure !== undefined) return this.#fail(runId, live);
    }
    const orders = run.takeLocalOrders();
    if (run.runsLocally) return { kind: 'waits', orders };
    return { kind: 'answered', answer: this.#complete(runId, live), ...(orders.length === 0 ? {} : { orders }) };
  }

  #activate(runId: string, live: LiveRun, activation: Activation): Completion {
    if (!activation.isReplaying) noteReplayed(live.task);
    this.#options.onCall?.(runId);
    try {
      const raw = live.isolate.activate(live.runKey, activation);
      // Nobody looks at the stacks of what is replayed; failed tasks and answers to queries are reported all the same.
      const isSeen = !activation.isReplaying || raw.status === 'failed' || activation.jobs[0]?.kind === 'query';
      const completion = isSeen ? mapStacks(raw, live.isolate.sources, this.#options.runSettings) : raw;
      live.task?.sinkCalls.push(...completion.sinkCalls);
      return completion;
    } finally {
      this.#options.onCall?.(undefined);
    }
  }

  #complete(runId: string, live: LiveRun): TaskAnswer {
    const { run, context } = live;
    const queryAnswers = this.#answerQueries(runId, live);
    const pending = run.takeCommands();
    noteReplayed(live.task);
    const { sinkCalls = [], replayMs, hasEvicted = false } = live.task ?? {};
    live.task = undefined;
    const isClosed = run.isClosed || pending.some(({ owner }) => owner.thing.kind === 'close');
    if (isClosed || this.#options.maxCachedRuns === 0) this.evict(runId);
    if (isClosed) this.#guilty.delete(runId);
    this.#recycleFullHeap();
    return {
      status: 'completed',
      commands: pending.map(({ request }) => encodeCommand(request, context)),
      messages: run.takeMessages(pending),
      sdkMetadata: run.sdkMetadata(this.#options),
      versioningBehavior: run.versioningBehavior,
      queryAnswers,
      sinkCalls,
      ...(replayMs === undefined ? {} : { replayMs }),
      ...(hasEvicted ? { hasEvicted } : {}),
      isClosed,
    };
  }

  #answerQueries(runId: string, live: LiveRun): QueryAnswer[] {
    const queries = live.task?.queries ?? [];
    if (queries.length === 0) return [];
    const jobs = queries.map((query) => ({ kind: 'query' as const, ...query }));
    const completion = this.#activate(runId, live, live.run.queryActivation(jobs));
    if (completion.status === 'failed') return queries.map(({ id }) => ({ id, failure: completion.failure }));
    return completion.intents.flatMap((intent) => {
      if (intent.kind !== 'answerQuery') return [];
      const { id, result, failure } = intent;
      return [{ id, ...(result === undefined ? {} : { result }), ...(failure === undefined ? {} : { failure }) }];
    });
  }

  #fail(runId: string, live: LiveRun): Step {
    const failure = live.run.failure ?? { message: 'The workflow task failed' };
    const sinkCalls = live.task?.sinkCalls ?? [];
    this.evict(runId);
    const answer = { status: 'failed', failure, isNondeterminism: false, mismatch: undefined, sinkCalls } as const;
    return { kind: 'answered', answer };
  }

  /** Turns what the machine or the isolate throws into an answer. */
  #guard(runId: string, live: LiveRun, work: () => Step): Step {
    try {
      return work();
    } catch (error) {
      const isHarmful = error instanceof IsolateLostError;
      const sinkCalls = [...(live.task?.sinkCalls ?? []), ...(isHarmful ? error.sinkCalls : [])];
      if (isHarmful) {
        this.#guilty.add(runId);
        this.#forgetIsolate(live.isolate);
      } else this.evict(runId);
      if (error instanceof MismatchError) {
        const { recorded: _, ...mismatch } = error.mismatch;
        const failure = { message: mismatch.message };
        return { kind: 'answered', answer: { status: 'failed', failure, isNondeterminism: true, mismatch, sinkCalls } };
      }
      const failure = { message: messageOf(error), stackTrace: error instanceof Error ? (error.stack ?? '') : '' };
      const failed = { status: 'failed' as const, failure, isNondeterminism: false, mismatch: undefined, sinkCalls };
      return { kind: 'answered', answer: isHarmful ? { ...failed, isHarmful } : failed };
    }
  }

  #forgetIsolate(lost: Isolate): void {
    for (const [runId, { isolate }] of this.#runs) if (isolate === lost) this.#runs.delete(runId);
    if (this.#shared !== lost) return;
    this.#shared = undefined;
    this.#usedAfterRest = 0;
  }

  #create(task: HostTask): LiveRun {
    const { namespace, workflowId, runId, workflowType, taskQueue } = task;
    const identity = { namespace, workflowId, runId };
    const isAlone = task.isQuarantined === true || this.#guilty.has(runId);
    const isolate = isAlone ? this.#options.createIsolate() : (this.#shared ??= this.#options.createIsolate());
    const { sdkVersion, registeredActivityNames, failureErrorTypes, build } = this.#options.runSettings;
    isolate.create({
      ...(sdkVersion === undefined ? {} : { sdkVersion }),
      ...(registeredActivityNames === undefined ? {} : { registeredActivityNames }),
      failureErrorTypes: failureTypesOf(failureErrorTypes, workflowType),
      ...identity,
      runKey: runId,
      workflowType,
      taskQueue,
      randomSeed: seedOf(task),
    });
    const live: LiveRun = {
      run: new Run(identity, build === undefined ? {} : { build }),
      runKey: runId,
      isolate,
      isAlone,
      context: { ...identity, taskQueue },
      task: undefined,
    };
    this.#runs.set(runId, live);
    return live;
  }

  /** Replaces the shared isolate before its heap is full, at a moment when no task needs it. */
  #recycleFullHeap(): void {
    const { maxHeapBytes } = this.#options;
    if (maxHeapBytes === undefined || this.#shared === undefined || ++this.#tasksSinceHeapCheck < HEAP_CHECK_EVERY)
      return;
    this.#tasksSinceHeapCheck = 0;
    if (this.#shared.heapUsedBytes() < maxHeapBytes) return;
    if ([...this.#runs.values()].some(({ task }) => task !== undefined)) return;
    const full = this.#shared;
    this.#forgetIsolate(full);
    full.dispose();
  }

  /** True when a run had to go. */
  #makeRoom(): boolean {
    if (this.#runs.size < Math.max(1, this.#options.maxCachedRuns)) return false;
    for (const [runId, { task }] of this.#runs) {
      if (task !== undefined) continue;
      this.evict(runId);
      return true;
    }
    return false;
  }
}

/** The run has come to where its history ends. */
function noteReplayed(task: TaskUnderway | undefined): void {
  if (task?.isRebuilt === true) task.replayMs ??= performance.now() - task.startedMs;
}

function continues({ run }: LiveRun, task: HostTask): boolean {
  return run.lastEventId <= (task.events.at(-1)?.eventId ?? 0) && run.lastEventId >= task.previousStartedEventId;
}

function seedOf({ events, runId }: HostTask): number[] {
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  return randomSeedOf(started?.originalExecutionRunId || runId);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
