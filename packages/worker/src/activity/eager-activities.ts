/**
 * Activities that come back with the answer to the workflow task that scheduled them: each needs a slot before it is asked
 * for, and gives the slot back when the server did not grant it.
 */
import type { temporal } from '@reprise/proto';
import type { Command } from '../machine/encode-command.ts';
import type { Slot, Slots } from '../poll/slots.ts';
import { decodeActivityTask, type ActivityTask } from './activity-task.ts';

type PollResponse = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;

export interface EagerActivitiesOptions {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly slots: Slots;
  /** Per workflow task; 0 switches eager activities off. */
  readonly maxPerTask: number;
  onTask(task: ActivityTask, slot: Slot): void;
}

export class EagerActivities {
  readonly #options: EagerActivitiesOptions;

  constructor(options: EagerActivitiesOptions) {
    this.#options = options;
  }

  /** Marks the activities that there is room for; the others are not asked for. Returns the slots that were taken. */
  reserve(commands: readonly Command[]): Slot[] {
    const slots: Slot[] = [];
    for (const { scheduleActivityTaskCommandAttributes: activity } of commands) {
      if (activity?.requestEagerExecution !== true) continue;
      const isOurs = activity.taskQueue?.name === this.#options.taskQueue;
      const slot = isOurs && slots.length < this.#options.maxPerTask ? this.#options.slots.tryReserve() : undefined;
      if (slot === undefined) activity.requestEagerExecution = false;
      else slots.push(slot);
    }
    return slots;
  }

  /** Runs what came back, and gives back the slots of what did not. */
  take(responses: readonly PollResponse[], slots: readonly Slot[]): void {
    const tasks = responses.flatMap((response) => decodeActivityTask(response, this.#options) ?? []);
    slots.forEach((slot, at) => {
      const task = tasks[at];
      if (task === undefined) slot.release();
      else this.#options.onTask(task, slot);
    });
  }
}
