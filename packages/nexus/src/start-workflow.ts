import { nexusCall } from '@reprise/client';
import type {
  WithNexusCall,
  WorkflowSignalWithStartOptions as ClientSignalWithStartOptions,
  WorkflowStartOptions as ClientStartOptions,
} from '@reprise/client';
import type { WithWorkflowArgs, Workflow, WorkflowResultType } from '@reprise/common';
import type { StartOperationContext } from 'nexus-rpc';
import { handlerContext } from './context.ts';
import { linkedCall, startingCall } from './operation-call.ts';
import { writeOperationToken } from './operation-token.ts';
import { workflowHandle } from './workflow-handle.ts';
import type { WorkflowHandle } from './workflow-handle.ts';

/** The options `T` with a task queue that may be left out: the worker's own by default. */
export type OnOwnQueue<T> = Omit<T, 'taskQueue'> & { taskQueue?: string };

/** How to start a workflow: the client's options, with the worker's task queue as the default. */
export type WorkflowStartOptions<T extends Workflow> = OnOwnQueue<ClientStartOptions<T>>;

/** How to signal a workflow that may have to be started: the client's options, with the worker's task queue as the default. */
export type WorkflowSignalWithStartOptions<SignalArgs extends unknown[] = []> = OnOwnQueue<
  ClientSignalWithStartOptions<SignalArgs>
>;

/**
 * Starts a workflow that stands behind the operation: its result is the operation's.
 *
 * Asked again for the same operation, it finds the workflow that it started before.
 *
 * @param context of the operation, as its start function got it
 * @throws WorkflowExecutionAlreadyStartedError when the id is taken and `workflowIdConflictPolicy` does not allow sharing
 * @example
 * const handler = new WorkflowRunOperationHandler<Order, Receipt>((context, order) =>
 *   startWorkflow(context, 'processOrder', { workflowId: `order-${order.id}`, args: [order] }),
 * );
 */
export async function startWorkflow<T extends Workflow>(
  context: StartOperationContext,
  workflowTypeOrFunc: string | T,
  workflowOptions: WorkflowStartOptions<T>,
): Promise<WorkflowHandle<WorkflowResultType<T>>> {
  const { client, namespace, taskQueue } = handlerContext();
  const { workflowId } = workflowOptions as { workflowId: string };
  const token = writeOperationToken({ kind: 'workflowRun', namespace, workflowId });
  const options = { taskQueue, ...workflowOptions, [nexusCall]: startingCall(context, token) };
  const started = await client.workflow.start(workflowTypeOrFunc, options as ClientStartOptions<T> & WithNexusCall);
  return workflowHandle(context, { workflowId, runId: started.firstExecutionRunId });
}

/**
 * Signals a workflow, and starts it first when it does not run, on behalf of the operation.
 *
 * @param context of the operation, as its start function got it
 */
export async function signalWithStartWorkflow<T extends Workflow, SignalArgs extends unknown[] = []>(
  context: StartOperationContext,
  workflowTypeOrFunc: string | T,
  workflowOptions: WithWorkflowArgs<T, WorkflowSignalWithStartOptions<SignalArgs>>,
): Promise<WorkflowHandle<WorkflowResultType<T>>> {
  const { client, taskQueue } = handlerContext();
  const { workflowId } = workflowOptions as unknown as { workflowId: string };
  const options = { taskQueue, ...workflowOptions, [nexusCall]: linkedCall(context) };
  type Options = ClientStartOptions<T> & ClientSignalWithStartOptions<SignalArgs> & WithNexusCall;
  const { signaledRunId } = await client.workflow.signalWithStart<T, SignalArgs>(
    workflowTypeOrFunc,
    options as unknown as Options,
  );
  return workflowHandle(context, { workflowId, runId: signaledRunId });
}
