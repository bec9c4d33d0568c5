import { newRootScope } from '../api/cancellation-scope.ts';
import type { WorkflowInternalsInterceptor } from '../api/interceptors.ts';
import type { Completion } from '../intents.ts';
import type { Activation, Job } from '../jobs.ts';
import { ROOT_FRAME, setFrame } from '../scope/async-scope.ts';
import { forgetCaught } from '../scope/caught.ts';
import { activateBatch, batchesOf, noteTask } from './activation.ts';
import { conclude, failedCompletion, takeSinkCalls } from './completion.ts';
import { unblockConditions } from './conditions.ts';
import { enterRun, leaveRun } from './current-run.ts';
import { UnhandledRejectionError } from './errors.ts';
import { loadModules } from './load-modules.ts';
import { failTask } from './outcome.ts';
import { framesOf, type Place } from './place.ts';
import type { LoadedModules, RunCreation, RunHost } from './run-creation.ts';
import { newRun, type Run } from './run.ts';
import { readDefinitionOptions } from './start-workflow.ts';
import { composeInterceptors } from './compose-interceptors.ts';

/**
 * One run, as the host of an isolate sees it. For each activation the host calls `activate`, lets the microtasks run, and
 * calls `drain` until it gives a completion, letting the microtasks run after each call.
 *
 * I1  Every method enters the run first: microtasks that follow belong to it.
 * I2  `activate` and `drain` never throw; a run whose task failed stays failed.
 */
export interface RuntimeRun {
  activate(activation: Activation): void;
  /** What the activation came to, or undefined when the microtasks must run once more. */
  drain(): Completion | undefined;
  /** A promise of this run was rejected and nobody listened: the task fails. */
  unhandledRejection(error: unknown): void;
  /** Where the intents of the last completion were asked for, as raw stacks. */
  places(): (string | undefined)[];
  /** The sink calls that no completion has told of, as JSON text; of use when there will be no more completions. */
  sinkCallsJson(): string;
  dispose(): void;
}

class LiveRun implements RuntimeRun {
  readonly #run: Run;
  #activation: Activation | undefined;
  #waitingBatches: Job[][] = [];
  #batchIndex = 0;
  #places: readonly (Place | undefined)[] = [];

  #load: (() => LoadedModules) | undefined;

  constructor(run: Run, load: () => LoadedModules) {
    this.#run = run;
    this.#load = load;
  }

  #enter(): Run {
    enterRun(this.#run);
    setFrame(ROOT_FRAME);
    return this.#run;
  }

  activate(activation: Activation): void {
    const run = this.#enter();
    forgetCaught();
    this.#activation = activation;
    this.#batchIndex = 0;
    if (run.taskError !== undefined) return;
    try {
      if (activation.jobs[0]?.kind === 'query') this.#noteQuery(run, activation);
      else noteTask(run, activation);
      this.#loadOnce(run);
      this.#waitingBatches = batchesOf(run, activation.jobs);
    } catch (error) {
      failTask(run, error);
      return;
    }
    this.#nextBatch(run, activation);
  }

  /** Interceptors and modules may ask for `workflowInfo()` as soon as they are loaded, so the first task is noted before. */
  #loadOnce(run: Run): void {
    const load = this.#load;
    if (load === undefined) return;
    this.#load = undefined;
    loadModules(run, load());
    readDefinitionOptions(run);
  }

  /** Queries look at the run as it is, at the time of its last task. */
  #noteQuery(run: Run, activation: Activation): void {
    if (run.runStartMs === 0) run.runStartMs = activation.nowMs;
    const nowMs = run.task.nowMs || activation.nowMs;
    run.task = { ...run.task, nowMs, isReplaying: true, isReplayingHistoryEvents: false };
    run.info = undefined;
  }

  #nextBatch(run: Run, activation: Activation): boolean {
    const batch = this.#waitingBatches.shift();
    if (batch === undefined) return false;
    activateBatch(run, batch, { activation, batchIndex: this.#batchIndex++ });
    return true;
  }

  drain(): Completion | undefined {
    const run = this.#enter();
    const { taskError } = run;
    if (taskError !== undefined) return this.#failed(run, taskError.error);
    try {
      const isQuery = this.#activation?.jobs[0]?.kind === 'query';
      if (!isQuery && unblockConditions(run) > 0) return undefined;
      if (this.#activation !== undefined && this.#nextBatch(run, this.#activation)) return undefined;
      this.#activation = undefined;
      const completion = conclude(run);
      this.#takePlaces(run);
      return completion;
    } catch (error) {
      failTask(run, error);
      return this.#failed(run, error);
    }
  }

  #failed(run: Run, error: unknown): Completion {
    this.#takePlaces(run);
    return failedCompletion(run, error);
  }

  #takePlaces(run: Run): void {
    this.#places = run.places;
    run.places = [];
  }

  unhandledRejection(error: unknown): void {
    const run = this.#enter();
    failTask(run, new UnhandledRejectionError(`Unhandled Promise rejection: ${describe(error)}`, error));
  }

  places(): (string | undefined)[] {
    return this.#places.map((place) => (place === undefined ? undefined : framesOf(place)));
  }

  sinkCallsJson(): string {
    return JSON.stringify(takeSinkCalls(this.#run));
  }

  dispose(): void {
    const run = this.#enter();
    try {
      const execute = composeInterceptors<WorkflowInternalsInterceptor, 'dispose'>(
        run.interceptors.internals,
        'dispose',
        () => {
          for (const disposer of run.disposers ?? []) disposer();
        },
      );
      execute({});
    } finally {
      leaveRun(run);
    }
  }
}

function describe(error: unknown): string {
  try {
    return String(error);
  } catch {
    return Object.prototype.toString.call(error);
  }
}

/**
 * Makes a run. `load` instantiates the user's modules, at the first activation; what goes wrong there fails that task.
 */
export function createRun(creation: RunCreation, load: () => LoadedModules, host: RunHost = {}): RuntimeRun {
  const run = newRun(creation, host);
  enterRun(run);
  setFrame(ROOT_FRAME);
  run.rootScope = newRootScope();
  return new LiveRun(run, load);
}
