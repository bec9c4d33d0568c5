/**
 * A workflow task from poll to answer: run it where its run lives, answer the server, and go on with the next task if the
 * answer brought one.
 *
 * I1. Tasks of one run are worked on one after another.
 */
import { RpcError, StatusCode } from '@reprise/proto';
import type { WorkflowTask } from './decode/workflow-task.ts';
import { runWorkflowTask, type WorkflowTaskSurroundings } from './run-workflow-task.ts';
import { measureWorkflowTask } from './metrics/measure-workflow-task.ts';
import { answerWorkflowTask, type AnswerSurroundings } from './answer-workflow-task.ts';

export type WorkflowTaskFlowOptions = WorkflowTaskSurroundings & AnswerSurroundings;

export class WorkflowTaskFlow {
  readonly #options: WorkflowTaskFlowOptions;
  /** Per run, the end of its last task (I1). */
  readonly #tails = new Map<string, Promise<void>>();

  constructor(options: WorkflowTaskFlowOptions) {
    this.#options = options;
  }

  /** Works on a task, and on those that follow from it, until the server has no more for this run now. */
  async process(first: WorkflowTask): Promise<void> {
    const before = this.#tails.get(first.runId) ?? Promise.resolve();
    const mine = before.then(() => this.#follow(first));
    this.#tails.set(first.runId, mine);
    try {
      await mine;
    } finally {
      if (this.#tails.get(first.runId) === mine) this.#tails.delete(first.runId);
    }
  }

  async #follow(first: WorkflowTask): Promise<void> {
    for (let task: WorkflowTask | undefined = first; task !== undefined;) task = await this.#handle(task);
  }

  /** Returns the next task of the same run, if the server had one ready. */
  async #handle(task: WorkflowTask): Promise<WorkflowTask | undefined> {
    const begunMs = performance.now();
    try {
      const outcome = await runWorkflowTask(task, this.#options);
      const { answer } = outcome;
      measureWorkflowTask(this.#options.metrics, { task, answer, tookMs: performance.now() - begunMs });
      return await answerWorkflowTask(task, outcome, this.#options);
    } catch (error) {
      this.#abandon(task, error);
      return undefined;
    }
  }

  /** The server will hand the task out again when it times out; by then the run is rebuilt from its history. */
  #abandon({ workflowId, runId }: WorkflowTask, error: unknown): void {
    this.#options.host.evict(runId);
    const isGone = error instanceof RpcError && error.code === StatusCode.NOT_FOUND;
    const message = error instanceof Error ? error.message : String(error);
    const text = `Workflow task could not be answered: ${message}`;
    this.#options.logger.log(isGone ? 'DEBUG' : 'WARN', text, { workflowId, runId });
  }
}
