import { HandlerError, HandlerStartOperationResult } from 'nexus-rpc';
import type { CancelOperationContext, OperationHandler, StartOperationContext } from 'nexus-rpc';
import { getClient, handlerContext } from './context.ts';
import { readOperationToken, writeOperationToken } from './operation-token.ts';
import type { WorkflowHandle } from './workflow-handle.ts';

/** Starts the workflow of an operation, with `startWorkflow`, and returns its handle. */
export type WorkflowRunOperationStartHandler<I, O> = (
  context: StartOperationContext,
  input: I,
) => Promise<WorkflowHandle<O>>;

/**
 * An operation that a workflow stands behind: its result is the operation's, and cancelling the operation cancels it.
 *
 * @example
 * const service = nexus.serviceHandler(orderService, {
 *   process: new WorkflowRunOperationHandler((context, order) =>
 *     startWorkflow(context, processOrder, { workflowId: `order-${order.id}`, args: [order] }),
 *   ),
 * });
 */
export class WorkflowRunOperationHandler<I, O> implements OperationHandler<I, O> {
  readonly handler: WorkflowRunOperationStartHandler<I, O>;

  /** @param handler starts the workflow */
  constructor(handler: WorkflowRunOperationStartHandler<I, O>) {
    this.handler = handler;
  }

  async start(context: StartOperationContext, input: I): Promise<HandlerStartOperationResult<O>> {
    const { namespace } = handlerContext();
    const { workflowId } = await this.handler(context, input);
    return HandlerStartOperationResult.async(writeOperationToken({ kind: 'workflowRun', namespace, workflowId }));
  }

  async cancel(_context: CancelOperationContext, token: string): Promise<void> {
    const read = readOperationToken(token);
    if (read.kind !== 'workflowRun') {
      throw new HandlerError('BAD_REQUEST', `invalid operation token: it names a ${read.kind}, not a workflow`);
    }
    await getClient().workflow.getHandle(read.workflowId).cancel();
  }
}
