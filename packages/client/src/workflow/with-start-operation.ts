/**
 * Owns one start that goes together with an update. It is used once; the handle it promises appears when the server has
 * answered.
 */
import { IllegalStateError } from '@reprise/common';
import type { Workflow, WorkflowIdConflictPolicy } from '@reprise/common';
import type { WorkflowHandle } from './workflow-handle.ts';
import type { WorkflowStartOptions } from './workflow-options.ts';

/** The options of a start that goes with an update: the conflict policy is required. */
export type WithStartOptions<T extends Workflow> = WorkflowStartOptions<T> & {
  workflowIdConflictPolicy: WorkflowIdConflictPolicy;
};

/** What the operation shows to the client that uses it. */
interface Settlement<T extends Workflow> {
  resolve(handle: WorkflowHandle<T>): void;
  reject(error: unknown): void;
}

/**
 * A start to be sent together with an update, by `startUpdateWithStart` or `executeUpdateWithStart`.
 *
 * @example
 * ```ts
 * const startOrder = WithStartWorkflowOperation.create(order, {
 *   workflowId: 'order-1', taskQueue: 'orders', workflowIdConflictPolicy: 'USE_EXISTING', args: [items],
 * });
 * const total = await client.workflow.executeUpdateWithStart(addItem, { startWorkflowOperation: startOrder, args: [item] });
 * const handle = await startOrder.workflowHandle();
 * ```
 */
export class WithStartWorkflowOperation<T extends Workflow = Workflow> {
  readonly workflowTypeOrFunc: string | T;
  readonly options: WithStartOptions<T>;
  readonly #handle: Promise<WorkflowHandle<T>>;
  #settlement: Settlement<T> | undefined;

  constructor(workflowTypeOrFunc: string | T, options: WithStartOptions<T>) {
    const { promise, resolve, reject } = Promise.withResolvers<WorkflowHandle<T>>();
    promise.catch(() => undefined); // Who does not ask for the handle is not told of its failure a second time.
    this.workflowTypeOrFunc = workflowTypeOrFunc;
    this.options = options;
    this.#handle = promise;
    this.#settlement = { resolve, reject };
  }

  /** The same as the constructor. */
  static create<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    options: WithStartOptions<T>,
  ): WithStartWorkflowOperation<T> {
    return new WithStartWorkflowOperation(workflowTypeOrFunc, options);
  }

  /** The workflow, as soon as the server has answered. Rejects with what the start failed with. */
  workflowHandle(): Promise<WorkflowHandle<T>> {
    return this.#handle;
  }

  /**
   * Hands the operation to the call that sends it; for clients.
   *
   * @throws IllegalStateError when it was sent before.
   */
  take(): Settlement<T> {
    const settlement = this.#settlement;
    if (settlement === undefined)
      throw new IllegalStateError('This WithStartWorkflowOperation instance has already been executed.');
    this.#settlement = undefined;
    return settlement;
  }
}
