/**
 * The client that the start function of an operation gets.
 *
 * I1. One thing at most stands behind an operation: whoever starts a second one gets an error.
 */
import { WorkflowUpdateFailedError, nexusCall } from '@reprise/client';
import type {
  ActivityName,
  ActivityOptions as ClientActivityOptions,
  ActivityOptionsFor as ClientActivityOptionsFor,
  ActivityResult,
  Client,
  GetWorkflowHandleOptions,
  NexusCallAnswer,
  WithNexusCall,
} from '@reprise/client';
import type { UpdateDefinition, Untyped, WithWorkflowArgs, Workflow, WorkflowResultType } from '@reprise/common';
import { HandlerError, OperationError } from 'nexus-rpc';
import type { StartOperationContext } from 'nexus-rpc';
import { handlerContext } from './context.ts';
import { startingCall } from './operation-call.ts';
import { writeOperationToken } from './operation-token.ts';
import type { OnOwnQueue, WorkflowSignalWithStartOptions, WorkflowStartOptions } from './start-workflow.ts';
import { signalWithStartWorkflow, startWorkflow } from './start-workflow.ts';
import { TemporalOperationResult } from './temporal-operation-result.ts';
import { workflowHandle } from './workflow-handle.ts';
import type { WorkflowHandle } from './workflow-handle.ts';

/** How to start an activity of its own: the client's options, with the worker's task queue as the default. */
export type ActivityOptions = OnOwnQueue<ClientActivityOptions>;

/** The same for an activity of the interface `T`. */
export type ActivityOptionsFor<T, N extends ActivityName<T>> = OnOwnQueue<ClientActivityOptionsFor<T, N>>;

/** How to send an update. */
export interface NexusUpdateWorkflowOptions {
  /** Default: the id of the request, so that a request that is repeated finds the update that it sent. */
  readonly updateId?: string;
}

/** A handle whose workflow can be sent an update that stands behind the operation. */
export interface UpdatableWorkflowHandle<T> extends WorkflowHandle<T> {
  /**
   * Sends an update that stands behind the operation, and returns as soon as the workflow has accepted it.
   *
   * @throws OperationError when the workflow rejects it; HandlerError when the operation has something behind it already
   */
  update<Ret, Args extends [unknown, ...unknown[]], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options: NexusUpdateWorkflowOptions & { readonly args: Args },
  ): Promise<TemporalOperationResult<Ret>>;
  update<Ret, Args extends [] = [], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options?: NexusUpdateWorkflowOptions & { readonly args?: Args },
  ): Promise<TemporalOperationResult<Ret>>;
}

/** The client of an operation under the types of one set of activities. */
export interface NexusTypedActivityClient<T> {
  /** Starts an activity that stands behind the operation. */
  startActivity<N extends ActivityName<T>>(
    activity: N,
    options: ActivityOptionsFor<T, N>,
  ): Promise<TemporalOperationResult<ActivityResult<T, N>>>;
}

/** Starts what stands behind an operation, and acts on workflows on its behalf. */
export interface TemporalNexusClient {
  /** The client of the worker, whose calls are not tied to the operation. */
  readonly client: Client;
  /** Starts a workflow that stands behind the operation. */
  startWorkflow<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    workflowOptions: WorkflowStartOptions<T>,
  ): Promise<TemporalOperationResult<WorkflowResultType<T>>>;
  /** A handle to a workflow by its id; without a run id, to its latest run. Asks the server nothing. */
  getWorkflowHandle<T extends Workflow>(
    workflowId: string,
    runId?: string,
  ): UpdatableWorkflowHandle<WorkflowResultType<T>>;
  /** Signals a workflow, and starts it first when it does not run. */
  signalWithStartWorkflow<T extends Workflow, SignalArgs extends unknown[] = []>(
    workflowTypeOrFunc: string | T,
    workflowOptions: WithWorkflowArgs<T, WorkflowSignalWithStartOptions<SignalArgs>>,
  ): Promise<void>;
  /** Starts an activity that stands behind the operation. */
  startActivity<R = Untyped>(activity: string, options: ActivityOptions): Promise<TemporalOperationResult<R>>;
  /** This client under the types of a set of activities. */
  typedActivity<T>(): NexusTypedActivityClient<T>;
}

/** Lets one start through (I1); one that failed does not count. */
class Behind {
  #isTaken = false;

  async take<R>(start: () => Promise<R>): Promise<R> {
    if (this.#isTaken) {
      throw new HandlerError('BAD_REQUEST', 'Only one workflow, activity or update can stand behind a Nexus operation');
    }
    this.#isTaken = true;
    try {
      return await start();
    } catch (error) {
      this.#isTaken = false;
      throw error;
    }
  }
}

/** The client for one call of a start function. */
export function temporalNexusClient(context: StartOperationContext): TemporalNexusClient {
  const behind = new Behind();
  const client: TemporalNexusClient = {
    client: handlerContext().client,
    startWorkflow: <T extends Workflow>(workflow: string | T, options: WorkflowStartOptions<T>) =>
      behind.take(async () => {
        const { namespace } = handlerContext();
        const { workflowId } = await startWorkflow(context, workflow, options);
        return TemporalOperationResult.async(writeOperationToken({ kind: 'workflowRun', namespace, workflowId }));
      }) as Promise<TemporalOperationResult<WorkflowResultType<T>>>,
    getWorkflowHandle: (workflowId, runId) => ({
      ...workflowHandle(context, { workflowId, runId }),
      update: (def: { name: string } | string, options?: UpdateOptions) =>
        behind.take(() => update(context, { workflowId, runId, def, options })),
    }),
    async signalWithStartWorkflow(workflow, options) {
      await signalWithStartWorkflow(context, workflow, options);
    },
    startActivity: (activity, options) => behind.take(() => startActivity(context, activity, options)),
    typedActivity: <T>() => client as NexusTypedActivityClient<T>,
  };
  return client;
}

async function startActivity<R>(
  context: StartOperationContext,
  activity: string,
  options: ActivityOptions,
): Promise<TemporalOperationResult<R>> {
  const { client, namespace, taskQueue } = handlerContext();
  const early = writeOperationToken({ kind: 'activity', namespace, activityId: options.id, runId: '' });
  const all = { taskQueue, ...options, [nexusCall]: startingCall(context, early) };
  const { activityId, runId = '' } = await client.activity.start(activity, all);
  return TemporalOperationResult.async(writeOperationToken({ kind: 'activity', namespace, activityId, runId }));
}

interface UpdateOptions extends NexusUpdateWorkflowOptions {
  readonly args?: readonly unknown[];
}

interface UpdateCall {
  readonly workflowId: string;
  readonly runId: string | undefined;
  readonly def: { name: string } | string;
  readonly options: UpdateOptions | undefined;
}

async function update<Ret>(
  context: StartOperationContext,
  { workflowId, runId, def, options: asked }: UpdateCall,
): Promise<TemporalOperationResult<Ret>> {
  if (context.callbackUrl === undefined || context.callbackUrl === '') {
    throw new HandlerError('BAD_REQUEST', 'An update stands behind operations only that come with a callback URL');
  }
  const { client, namespace } = handlerContext();
  const updateId = asked?.updateId ?? context.requestId;
  const ids = { namespace, workflowId, updateId };
  const early = writeOperationToken({ kind: 'update', ...ids, runId: runId ?? '' });
  let isComplete = false;
  const call = startingCall(context, early);
  const onAnswer = (answer: NexusCallAnswer): void => {
    isComplete = answer.isComplete === true;
    call.onAnswer(answer);
  };
  const options: GetWorkflowHandleOptions & WithNexusCall = { [nexusCall]: { ...call, onAnswer } };
  const target = client.workflow.getHandle(workflowId, runId, options);
  const handle = await target.startUpdate<Ret, Untyped[]>(typeof def === 'string' ? def : def.name, {
    updateId,
    args: [...(asked?.args ?? [])],
    waitForStage: 'ACCEPTED',
  });
  if (!isComplete) {
    const token = writeOperationToken({ kind: 'update', ...ids, runId: handle.workflowRunId ?? runId ?? '' });
    return TemporalOperationResult.async(token);
  }
  try {
    return TemporalOperationResult.sync(await handle.result());
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw new OperationError('failed', error.message, { cause: error });
  }
}
