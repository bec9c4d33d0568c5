import type { ConnectionLike } from '@reprise/client';
import { decodeWorkflowTask, type WorkflowTask } from './decode/workflow-task.ts';
import type { Slot, Slots } from './poll/slots.ts';
import type { TaskPoll } from './task-polls.ts';
import type { WorkflowRpc } from './worker-rpc.ts';

type TaskResponse = Parameters<WorkflowRpc['decode']>[0];

export interface FirstTasksParts {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly slots: Slots;
  readonly rpc: Pick<WorkflowRpc, 'decode'>;
  process(this: void, task: WorkflowTask): Promise<void>;
  /** Keeps track of work that holds a slot. */
  track(this: void, work: Promise<void>, slot: Slot): void;
}

/**
 * While `poll` runs, clients of the same connection may hand over the first tasks of workflows that they ask to be started
 * eagerly: such a task comes with the answer to the start, and is not polled for.
 */
export class PollWithFirstTasks implements TaskPoll {
  readonly #poll: TaskPoll;
  readonly #parts: FirstTasksParts;
  #endOffer: (() => void) | undefined;

  constructor(poll: TaskPoll, parts: FirstTasksParts) {
    this.#poll = poll;
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const { connection, namespace, taskQueue, slots } = this.#parts;
    this.#endOffer = connection.eagerStarts?.offer(namespace, taskQueue, () => {
      const slot = slots.tryReserve();
      return slot && { run: (response) => this.#take(response, slot), release: () => slot.release() };
    });
    try {
      await this.#poll.run();
    } finally {
      this.#endOffer?.();
    }
  }

  finish(): void {
    this.#endOffer?.();
    this.#poll.finish();
  }

  stop(): void {
    this.#endOffer?.();
    this.#poll.stop();
  }

  get open(): number {
    return this.#poll.open;
  }

  get pollerType(): TaskPoll['pollerType'] {
    return this.#poll.pollerType;
  }

  get isAutoscaling(): boolean {
    return this.#poll.isAutoscaling;
  }

  get lastTaskMs(): TaskPoll['lastTaskMs'] {
    return this.#poll.lastTaskMs;
  }

  #take(response: TaskResponse, slot: Slot): void {
    const { rpc, process, track } = this.#parts;
    const work = async (): Promise<void> => {
      const task = decodeWorkflowTask(await rpc.decode(response));
      if (task === undefined) return;
      slot.markUsed({ type: 'workflow', workflowType: task.workflowType, isSticky: false });
      await process(task);
    };
    track(work(), slot);
  }
}
