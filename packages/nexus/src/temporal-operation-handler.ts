import { HandlerError } from 'nexus-rpc';
import type {
  CancelOperationContext,
  HandlerStartOperationResult,
  OperationHandler,
  StartOperationContext,
} from 'nexus-rpc';
import type { TemporalCancelOperationContext, TemporalStartOperationContext } from './context.ts';
import { getClient } from './context.ts';
import { readOperationToken } from './operation-token.ts';
import { temporalNexusClient } from './temporal-nexus-client.ts';
import type { TemporalNexusClient } from './temporal-nexus-client.ts';
import { handlerResult } from './temporal-operation-result.ts';
import type { TemporalOperationResult } from './temporal-operation-result.ts';

/** Starts an operation with the client that it gets. */
export type TemporalOperationStartHandler<I, O> = (
  context: TemporalStartOperationContext,
  client: TemporalNexusClient,
  input: I,
) => Promise<TemporalOperationResult<O>>;

/** The workflow to cancel. */
export interface CancelWorkflowRunOptions {
  readonly workflowId: string;
}

/** The update to cancel. */
export interface CancelWorkflowUpdateOptions {
  readonly workflowId: string;
  /** Empty when the update was sent to whichever run was the latest. */
  readonly runId: string;
  readonly updateId: string;
}

/** The activity to cancel. */
export interface CancelActivityOptions {
  readonly activityId: string;
  readonly runId: string;
}

/** What happens when the operation is cancelled, by what stands behind it. */
export interface TemporalOperationHandlerOptions {
  /** Default: cancels the workflow. */
  cancelWorkflowRun?: (context: TemporalCancelOperationContext, options: CancelWorkflowRunOptions) => Promise<void>;
  /** Default: a HandlerError of type NOT_IMPLEMENTED, since updates cannot be cancelled as such. */
  cancelWorkflowUpdate?: (
    context: TemporalCancelOperationContext,
    options: CancelWorkflowUpdateOptions,
  ) => Promise<void>;
  /** Default: asks the activity to cancel itself. */
  cancelActivity?: (context: TemporalCancelOperationContext, options: CancelActivityOptions) => Promise<void>;
}

/**
 * An operation that a workflow, an activity or an update stands behind, or that is done at once.
 *
 * @example
 * const charge = new TemporalOperationHandler<Order, Receipt>({
 *   start: (context, client, order) =>
 *     client.startActivity('charge', { id: `charge-${order.id}`, args: [order], startToCloseTimeout: '1 minute' }),
 * });
 */
export class TemporalOperationHandler<I, O> implements OperationHandler<I, O> {
  readonly #options: { start: TemporalOperationStartHandler<I, O> } & TemporalOperationHandlerOptions;

  constructor(options: { start: TemporalOperationStartHandler<I, O> } & TemporalOperationHandlerOptions) {
    this.#options = options;
  }

  async start(context: StartOperationContext, input: I): Promise<HandlerStartOperationResult<O>> {
    return handlerResult(await this.#options.start(context, temporalNexusClient(context), input));
  }

  async cancel(context: CancelOperationContext, token: string): Promise<void> {
    const { cancelWorkflowRun, cancelWorkflowUpdate, cancelActivity } = this.#options;
    const read = readOperationToken(token);
    switch (read.kind) {
      case 'workflowRun':
        return await (cancelWorkflowRun ?? cancelRun)(context, { workflowId: read.workflowId });
      case 'activity':
        return await (cancelActivity ?? cancelOneActivity)(context, { activityId: read.activityId, runId: read.runId });
      case 'update': {
        if (cancelWorkflowUpdate === undefined) {
          throw new HandlerError('NOT_IMPLEMENTED', 'cannot cancel an UpdateWorkflow operation');
        }
        const { workflowId, runId, updateId } = read;
        return await cancelWorkflowUpdate(context, { workflowId, runId, updateId });
      }
    }
  }
}

async function cancelRun(_context: CancelOperationContext, { workflowId }: CancelWorkflowRunOptions): Promise<void> {
  await getClient().workflow.getHandle(workflowId).cancel();
}

async function cancelOneActivity(
  _context: CancelOperationContext,
  { activityId, runId }: CancelActivityOptions,
): Promise<void> {
  await getClient().activity.getHandle(activityId, runId).cancel('Nexus Operation cancellation requested');
}
