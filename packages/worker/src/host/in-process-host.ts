/** Runs workflow code in this process: for tests, and where a process of its own is not wanted. */
import type { LocalOutcome } from '../machine/run.ts';
import { TaskRunner, type Step, type TaskRunnerOptions } from './task-runner.ts';
import type { HostTask, TaskAnswer, TaskEvents, WorkflowHost } from './workflow-host.ts';

interface Underway {
  readonly events: TaskEvents;
  readonly answer: (answer: TaskAnswer) => void;
}

export class InProcessHost implements WorkflowHost {
  readonly #runner: TaskRunner;
  readonly #underway = new Map<string, Underway>();

  constructor(options: TaskRunnerOptions) {
    this.#runner = new TaskRunner(options);
  }

  get cachedRuns(): number {
    return this.#runner.cachedRuns;
  }

  runTask(task: HostTask, events: TaskEvents): Promise<TaskAnswer> {
    const { promise, resolve } = Promise.withResolvers<TaskAnswer>();
    this.#underway.set(task.runId, { events, answer: resolve });
    this.#follow(task.runId, this.#runner.start(task));
    return promise;
  }

  resolveLocal(runId: string, outcomes: readonly LocalOutcome[]): void {
    this.#follow(runId, this.#runner.resolveLocal(runId, outcomes));
  }

  keepAlive(runId: string): void {
    this.#follow(runId, this.#runner.keepAlive(runId));
  }

  evict(runId: string): void {
    this.#runner.evict(runId);
  }

  discardLastTask(runId: string): void {
    this.#runner.discardLastTask(runId);
  }

  close(): Promise<void> {
    this.#runner.dispose();
    return Promise.resolve();
  }

  #follow(runId: string, step: Step | undefined): void {
    const underway = this.#underway.get(runId);
    if (step === undefined || underway === undefined) return;
    if (step.orders !== undefined) underway.events.onLocalOrders(step.orders);
    if (step.kind === 'answered') {
      this.#underway.delete(runId);
      underway.answer(step.answer);
    }
  }
}
