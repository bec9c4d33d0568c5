import { checkSpelling } from '@reprise/common';
import type {
  BaseWorkflowHandle,
  PayloadTypeInfo,
  QueryDefinition,
  SignalDefinition,
  SignalTypeInfo,
  UpdateDefinition,
  Workflow,
  WorkflowQueryOptions,
  WorkflowResultType,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { definitionOf, type Definition } from './definition.ts';
import { cancelWorkflow, terminateWorkflow } from './end-workflow.ts';
import { describeWorkflow } from './describe-workflow.ts';
import { fetchHistory } from './fetch-history.ts';
import { encodeQueryRejectCondition } from './query-reject-condition.ts';
import { queryWorkflow } from './query-workflow.ts';
import { signalWorkflow } from './signal-workflow.ts';
import { startUpdate } from './update-workflow.ts';
import { updateHandle, updateResult } from './update-handle.ts';
import type { WorkflowUpdateHandle } from './update-handle.ts';
import type { LoadedBaseClientOptions } from '../client-options.ts';
import type { WorkflowExecutionDescription } from './workflow-info.ts';
import type { WorkflowResultOptions } from './workflow-result.ts';
import type { WorkflowScope } from './workflow-scope.ts';

type TerminateResponse = temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse;
type CancelResponse = temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse;

/** How to send an update. */
export interface WorkflowUpdateOptions {
  /** Sent twice under the same id, an update runs once. A random id by default. */
  updateId?: string;
  /** What is declared of the types of the arguments and the result, of an update that is named by a string. */
  typeInfo?: PayloadTypeInfo;
}

/** Which update a handle is to be of. */
export interface GetWorkflowUpdateHandleOptions {
  /** Default: the run of the workflow's handle, or else the latest. */
  workflowRunId?: string;
  /** What is declared of the type of the result. */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

/** The options of an update, with its arguments where it takes any. */
export type UpdateOptionsWithArgs<Args extends readonly unknown[]> = WorkflowUpdateOptions &
  (Args extends readonly []
    ? { args?: Args }
    : Args extends readonly [unknown, ...unknown[]]
      ? { args: Args }
      : { args?: Args });

/** The options of `startUpdate`. */
export type StartUpdateOptions<Args extends readonly unknown[]> = UpdateOptionsWithArgs<Args> & {
  /** How far the update must have come before the call returns. */
  waitForStage: 'ACCEPTED';
};

/** A client as its handles know it: a `WorkflowClient`. */
export interface ClientOfHandle {
  readonly options: LoadedBaseClientOptions;
  getHandle<T extends Workflow>(workflowId: string, runId?: string): WorkflowHandle<T>;
  result<T extends Workflow>(
    workflowId: string,
    runId?: string,
    options?: WorkflowResultOptions,
  ): Promise<WorkflowResultType<T>>;
}

/** One workflow: what can be asked of it, told to it, and known of it. */
export interface WorkflowHandle<T extends Workflow = Workflow> extends BaseWorkflowHandle<T> {
  /** The client that made the handle. */
  readonly client: ClientOfHandle;
  /**
   * The result of the workflow, waited for.
   *
   * @throws WorkflowFailedError when it closes without one.
   */
  result(): Promise<WorkflowResultType<T>>;
  /** Sends an update and waits until the workflow accepts it. @throws WorkflowUpdateFailedError when it rejects it. */
  startUpdate<Ret, Args extends unknown[], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options: StartUpdateOptions<Args>,
  ): Promise<WorkflowUpdateHandle<Ret>>;
  /** Sends an update and waits for its result. @throws WorkflowUpdateFailedError when it is rejected or fails. */
  executeUpdate<Ret, Args extends [], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options?: UpdateOptionsWithArgs<Args>,
  ): Promise<Ret>;
  executeUpdate<Ret, Args extends [unknown, ...unknown[]], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options: UpdateOptionsWithArgs<Args>,
  ): Promise<Ret>;
  /** The handle of an update that was sent before. */
  getUpdateHandle<Ret>(updateId: string, options?: GetWorkflowUpdateHandleOptions): WorkflowUpdateHandle<Ret>;
  /** Asks the workflow for a value that it computes without changing. @throws QueryNotRegisteredError without a handler. */
  query<Ret, Args extends unknown[] = []>(def: QueryDefinition<Ret, Args> | string, ...args: Args): Promise<Ret>;
  /** Like `query`, by the name, with what is declared of the types of the arguments and the result. */
  queryWithOptions<Ret, Args extends unknown[] = []>(
    queryName: string,
    options: WorkflowQueryOptions<Args>,
  ): Promise<Ret>;
  /** Sends a signal. Returns when the server has it. */
  signal<Args extends unknown[] = [], Name extends string = string>(
    def: SignalDefinition<Args, Name> | string,
    ...args: Args
  ): Promise<void>;
  /** Asks the workflow to cancel itself. */
  cancel(): Promise<CancelResponse>;
  /** Ends the workflow without asking it. */
  terminate(reason?: string): Promise<TerminateResponse>;
  /** What the server knows of the workflow. */
  describe(): Promise<WorkflowExecutionDescription>;
  /** Everything that has happened so far. */
  fetchHistory(): Promise<temporal.api.history.v1.History>;
}

/** A handle as `start` gives it. */
export interface WorkflowHandleWithFirstExecutionRunId<T extends Workflow = Workflow> extends WorkflowHandle<T> {
  /** The run that was started. `cancel` and `terminate` hold to its chain of runs. */
  readonly firstExecutionRunId: string;
}

/** A handle as `start` gives it, with what the start told. */
export interface WorkflowHandleWithStartDetails<
  T extends Workflow = Workflow,
> extends WorkflowHandleWithFirstExecutionRunId<T> {
  /** Whether the first task went straight to a worker of this process. */
  readonly eagerlyStarted: boolean;
}

/** A handle as `signalWithStart` gives it. */
export interface WorkflowHandleWithSignaledRunId<T extends Workflow = Workflow> extends WorkflowHandle<T> {
  /** The run that was signalled. */
  readonly signaledRunId: string;
}

/** Which run a handle is about. */
export interface HandleTarget extends WorkflowResultOptions {
  readonly workflowId: string;
  /** For signals, queries, updates and the like; undefined: the latest run. */
  readonly runId?: string | undefined;
  readonly firstExecutionRunId?: string | undefined;
  /** Where waiting for the result begins. */
  readonly runIdForResult?: string | undefined;
}

type RawCondition = temporal.api.enums.v1.QueryRejectCondition;

const knownOfUpdate = { args: true, updateId: true, typeInfo: true, waitForStage: true } as const;

/** Makes a handle. */
export function workflowHandle<T extends Workflow>(
  client: ClientOfHandle,
  scope: WorkflowScope,
  target: HandleTarget,
): WorkflowHandle<T> {
  const { workflowId, runId, firstExecutionRunId, runIdForResult, followRuns, typeInfo: ownTypes } = target;
  const workflowExecution = { workflowId, ...(runId !== undefined && { runId }) };
  const send = (
    def: Definition | string,
    options: WorkflowUpdateOptions & { args?: readonly unknown[] },
    stage: 'ACCEPTED' | 'COMPLETED',
  ) => {
    checkSpelling('WorkflowUpdateOptions', options, knownOfUpdate);
    const { name: updateName, typeInfo } = definitionOf(def, options.typeInfo);
    const input = {
      updateName,
      args: [...(options.args ?? [])],
      ...(typeInfo && { typeInfo }),
      workflowExecution,
      firstExecutionRunId,
      headers: {},
      options: options.updateId === undefined ? {} : { updateId: options.updateId },
    };
    return startUpdate(scope, input, stage);
  };
  const query = async <Ret>(def: Definition | string, args: unknown[], types?: PayloadTypeInfo) => {
    const { name: queryType, typeInfo } = definitionOf(def, types);
    const queryRejectCondition = encodeQueryRejectCondition(scope.queryRejectCondition) as RawCondition | undefined;
    const input = { queryType, args, headers: {}, workflowExecution, queryRejectCondition };
    return (await queryWorkflow(scope, { ...input, ...(typeInfo && { typeInfo }) })) as Ret;
  };
  const signal = async (def: Definition | string, args: unknown[], types?: SignalTypeInfo) => {
    const { name: signalName, typeInfo } = definitionOf(def, types);
    const input = { signalName, args, headers: {}, workflowExecution };
    await signalWorkflow(scope, { ...input, ...(typeInfo && { typeInfo }) });
  };
  return {
    client,
    workflowId,
    // Through the client, so that one that waits in its own way (letting virtual time jump) does so for its handles.
    result: () =>
      client.result<T>(workflowId, runIdForResult, {
        ...(followRuns !== undefined && { followRuns }),
        ...(ownTypes && { typeInfo: ownTypes }),
      }),
    async startUpdate<Ret>(def: Definition | string, options: WorkflowUpdateOptions & { args?: readonly unknown[] }) {
      return updateHandle<Ret>(scope, workflowId, await send(def, options, 'ACCEPTED'));
    },
    async executeUpdate<Ret>(
      def: Definition | string,
      options: WorkflowUpdateOptions & { args?: readonly unknown[] } = {},
    ) {
      return (await updateResult(scope, workflowId, await send(def, options, 'COMPLETED'))) as Ret;
    },
    getUpdateHandle: <Ret>(updateId: string, { workflowRunId, typeInfo }: GetWorkflowUpdateHandleOptions = {}) =>
      updateHandle<Ret>(scope, workflowId, {
        updateId,
        workflowRunId: workflowRunId ?? runId ?? '',
        ...(typeInfo?.outputType && { outputTypeInfo: typeInfo.outputType }),
      }),
    query: (def, ...args: unknown[]) => query(def, args),
    queryWithOptions: (name, { args, typeInfo }) => query(name, args ?? [], typeInfo),
    signal: (def, ...args: unknown[]) => signal(def, args),
    signalWithOptions: (name, { args, typeInfo }) => signal(name, args ?? [], typeInfo),
    cancel: () => cancelWorkflow(scope, { workflowExecution, firstExecutionRunId }),
    terminate: (reason) => terminateWorkflow(scope, { workflowExecution, firstExecutionRunId, reason }),
    describe: () => describeWorkflow(scope, { workflowExecution }),
    fetchHistory: () => fetchHistory(scope, workflowId, runIdForResult ?? runId),
  };
}
