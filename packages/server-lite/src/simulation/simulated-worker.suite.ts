import { RpcError } from '@reprise/proto';
import type { CrashingServer } from './crashing-server.suite.ts';
import { nextCommands, type Step, taskQueue } from './program.suite.ts';

const namespace = 'default';

/** Polls a server that comes and goes, and notes which activity attempts it was given. */
export class SimulatedWorker {
  readonly attempts: string[] = [];
  readonly #server: CrashingServer;
  readonly #programs: ReadonlyMap<string, readonly Step[]>;
  readonly #loops: Promise<void>[];
  #stopped = false;

  constructor(server: CrashingServer, programs: ReadonlyMap<string, readonly Step[]>) {
    this.#server = server;
    this.#programs = programs;
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
    this.attempts.push(`${task.workflowExecution?.workflowId} ${task.activityId} ${task.attempt}`);
    await this.#server.call('respondActivityTaskCompleted', { namespace, taskToken: task.taskToken });
  }
}
