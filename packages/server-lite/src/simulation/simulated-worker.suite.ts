import { RpcError } from '@reprise/proto';
import type { CrashingServer } from './crashing-server.suite.ts';
import { nextCommands, type Step, taskQueue } from './program.suite.ts';

const namespace = 'default';
export const resultOf = (activityId: string) => ({ payloads: [{ data: new TextEncoder().encode(activityId) }] });

/** Polls a server that comes and goes, and notes which activity attempts it was given. */
export class SimulatedWorker {
  readonly attempts: string[] = [];
  readonly #server: CrashingServer;
  readonly #programs: ReadonlyMap<string, readonly Step[]>;
  readonly #failures: ReadonlyMap<string, number>;
  readonly #loops: Promise<void>[];
  #stopped = false;

  /**
   * @param programs of workflows, by their ids
   * @param failures how often an activity of its own fails before it completes, by its id
   */
  constructor(
    server: CrashingServer,
    programs: ReadonlyMap<string, readonly Step[]>,
    failures: ReadonlyMap<string, number>,
  ) {
    this.#server = server;
    this.#programs = programs;
    this.#failures = failures;
    const loop = async (poll: () => Promise<void>): Promise<void> => {
      while (!this.#stopped) await poll().catch(this.#afterError);
    };
    this.#loops = [1, 2, 3].flatMap(() => [loop(() => this.#workflowTask()), loop(() => this.#activityTask())]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }

  readonly #afterError = async (error: unknown): Promise<void> => {
    if (!(error instanceof RpcError)) throw error;
    await new Promise((resolve) => setTimeout(resolve, 5));
  };

  async #workflowTask(): Promise<void> {
    const task = await this.#server.call('pollWorkflowTaskQueue', { namespace, taskQueue });
    if (!task.taskToken?.length) return;
    const program = this.#programs.get(task.workflowExecution?.workflowId ?? '') ?? [];
    const commands = nextCommands(program, task.history?.events ?? []);
    await this.#server.call('respondWorkflowTaskCompleted', { namespace, taskToken: task.taskToken, commands });
  }

  async #activityTask(): Promise<void> {
    const task = await this.#server.call('pollActivityTaskQueue', { namespace, taskQueue });
    if (!task.taskToken?.length) return;
    const { taskToken, activityId, activityRunId, attempt } = task;
    this.attempts.push(`${task.workflowExecution?.workflowId ?? ''} ${activityId} ${attempt}`);
    const failures = activityRunId ? (this.#failures.get(activityId ?? '') ?? 0) : 0;
    if ((attempt ?? 0) > failures) {
      await this.#server.call('respondActivityTaskCompleted', {
        namespace,
        taskToken,
        result: resultOf(activityId ?? ''),
      });
      return;
    }
    const failure = { message: 'again', applicationFailureInfo: {} };
    await this.#server.call('respondActivityTaskFailed', { namespace, taskToken, failure });
  }
}
