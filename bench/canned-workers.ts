/**
 * Load for a server alone: raw calls with prepared answers, no SDK and no workflow code. A workflow runs `activities`
 * activities one after the other, then closes.
 */
import { CommandType, TaskQueueKind, type temporal } from '@reprise/proto';
import { Connection } from '@reprise/client';
import { median } from './measure.ts';

type WorkflowTask = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
type Command = temporal.api.command.v1.Command;

export interface Load {
  address: string;
  activities: number;
  /** Workflows under way at a time. */
  concurrency: number;
  pollers: number;
}

const namespace = 'default';
const identity = 'canned';
const pollMs = 70_000;
const text = new TextEncoder();

export class CannedWorkers {
  readonly #load: Load;
  readonly #connection: Connection;
  readonly #taskQueue = `canned-${Date.now()}`;
  readonly #closed = new Map<string, () => void>();
  readonly #polls: Promise<void>[] = [];
  readonly #stop = new AbortController();
  #started = 0;

  static async connect(load: Load): Promise<CannedWorkers> {
    return new CannedWorkers(load, await Connection.connect({ address: load.address }));
  }

  private constructor(load: Load, connection: Connection) {
    this.#load = load;
    this.#connection = connection;
    for (let i = 0; i < load.pollers; i++) {
      this.#polls.push(this.#keepPolling(() => this.#pollWorkflowTask(this.#normalQueue)));
      if (load.activities === 0) continue;
      this.#polls.push(this.#keepPolling(() => this.#pollWorkflowTask(this.#stickyQueue)));
      this.#polls.push(this.#keepPolling(() => this.#pollActivityTask()));
    }
  }

  /** Runs `count` workflows; returns the time each took, in ms. */
  async run(count: number): Promise<number[]> {
    const latenciesMs: number[] = [];
    let left = count;
    const lane = async (): Promise<void> => {
      while (left-- > 0) latenciesMs.push(await this.#runOne());
    };
    await Promise.all(Array.from({ length: this.#load.concurrency }, lane));
    return latenciesMs;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#polls);
    await this.#connection.close();
  }

  get #normalQueue(): temporal.api.taskqueue.v1.TaskQueue {
    return { name: this.#taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL };
  }

  get #stickyQueue(): temporal.api.taskqueue.v1.TaskQueue {
    return {
      name: `${this.#taskQueue}-sticky`,
      kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY,
      normalName: this.#taskQueue,
    };
  }

  async #runOne(): Promise<number> {
    const workflowId = `${this.#taskQueue}-${this.#started++}`;
    const startedMs = performance.now();
    const closed = new Promise<void>((resolve) => this.#closed.set(workflowId, resolve));
    await this.#connection.workflowService.startWorkflowExecution({
      namespace,
      workflowId,
      workflowType: { name: 'canned' },
      taskQueue: this.#normalQueue,
      requestId: workflowId,
      identity,
      workflowTaskTimeout: { seconds: 10 },
    });
    await closed;
    this.#closed.delete(workflowId);
    return performance.now() - startedMs;
  }

  async #keepPolling(poll: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#connection.withAbortSignal(signal, () => this.#connection.withDeadline(Date.now() + pollMs, poll));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  async #pollWorkflowTask(taskQueue: temporal.api.taskqueue.v1.TaskQueue): Promise<void> {
    const { workflowService } = this.#connection;
    let task: WorkflowTask = await workflowService.pollWorkflowTaskQueue({ namespace, taskQueue, identity });
    while (task.taskToken?.length) {
      const command = nextCommand(task, this.#load.activities, this.#taskQueue);
      const response = await workflowService.respondWorkflowTaskCompleted({
        namespace,
        taskToken: task.taskToken,
        identity,
        commands: [command],
        returnNewWorkflowTask: true,
        ...(this.#load.activities > 0
          ? { stickyAttributes: { workerTaskQueue: this.#stickyQueue, scheduleToStartTimeout: { seconds: 10 } } }
          : {}),
      });
      if (command.completeWorkflowExecutionCommandAttributes)
        this.#closed.get(task.workflowExecution?.workflowId ?? '')?.();
      task = response.workflowTask ?? {};
    }
  }

  async #pollActivityTask(): Promise<void> {
    const { workflowService } = this.#connection;
    const task = await workflowService.pollActivityTaskQueue({ namespace, taskQueue: this.#normalQueue, identity });
    if (!task.taskToken?.length) return;
    const { taskToken, input } = task;
    await workflowService.respondActivityTaskCompleted({
      namespace,
      taskToken,
      identity,
      ...(input ? { result: input } : {}),
    });
  }
}

function nextCommand(task: WorkflowTask, activities: number, taskQueue: string): Command {
  const done = task.history?.events?.findLast((event) => event.activityTaskCompletedEventAttributes);
  const data = done?.activityTaskCompletedEventAttributes?.result?.payloads?.[0]?.data;
  const next = data ? Number(Buffer.from(data).toString()) + 1 : 1;
  if (next > activities) {
    return {
      commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
      completeWorkflowExecutionCommandAttributes: {},
    };
  }
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: String(next),
      activityType: { name: 'step' },
      taskQueue: { name: taskQueue },
      startToCloseTimeout: { seconds: 30 },
      input: { payloads: [{ metadata: { encoding: text.encode('json/plain') }, data: text.encode(String(next)) }] },
    },
  };
}

/** Throughput and the server's own CPU for `count` workflows, after a warm-up. */
export async function drive(
  load: Load,
  count: number,
  serverCpuMs: () => number,
): Promise<{ workflowsPerSecond: number; cpuMsPerWorkflow: number; latencyMs: number }> {
  const workers = await CannedWorkers.connect(load);
  await workers.run(Math.ceil(count / 5));
  const cpuBeforeMs = serverCpuMs();
  const startedMs = performance.now();
  const latenciesMs = await workers.run(count);
  const tookMs = performance.now() - startedMs;
  const cpuMs = serverCpuMs() - cpuBeforeMs;
  await workers.close();
  return {
    workflowsPerSecond: (count * 1000) / tookMs,
    cpuMsPerWorkflow: cpuMs / count,
    latencyMs: median(latenciesMs),
  };
}
