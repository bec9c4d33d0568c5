/**
 * Owns which workers of this process offer to take the first task of a workflow that a client of the same connection
 * starts, so that the task does not have to be polled for.
 *
 * I1: a slot that was reserved is either run or released, whatever the start comes to.
 */
import type { temporal } from '@reprise/proto';

/** A place in a worker for one workflow task. */
export interface EagerSlot {
  /** Takes the task. */
  run(task: temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse): void;
  /** Gives the place back. */
  release(): void;
}

/** Reserves a place; undefined when the worker has none. */
export type OfferEagerSlot = () => EagerSlot | undefined;

/** The workers that take first tasks, by namespace and task queue. */
export class EagerStarts {
  readonly #offers = new Map<string, Set<OfferEagerSlot>>();

  /** Offers the places of a worker, until the returned function is called. */
  offer(namespace: string, taskQueue: string, reserve: OfferEagerSlot): () => void {
    const key = keyOf(namespace, taskQueue);
    const offers = this.#offers.get(key) ?? new Set();
    this.#offers.set(key, offers.add(reserve));
    return () => {
      offers.delete(reserve);
    };
  }

  /** Reserves a place in any of the workers; undefined when none has one. */
  reserve(namespace: string, taskQueue: string): EagerSlot | undefined {
    for (const offer of this.#offers.get(keyOf(namespace, taskQueue)) ?? []) {
      const slot = offer();
      if (slot !== undefined) return slot;
    }
    return undefined;
  }
}

function keyOf(namespace: string, taskQueue: string): string {
  return JSON.stringify([namespace, taskQueue]);
}
