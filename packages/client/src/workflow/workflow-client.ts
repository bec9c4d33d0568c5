import { ConnectedClient } from '../connected-client.ts';
import { checkOption, extractWorkflowTypeAndConfig } from '@reprise/common';
import type { PayloadTypeInfo, SignalTypeInfo, UpdateDefinition, Workflow, WorkflowResultType } from '@reprise/common';
import { nexusCall } from '../call/nexus-call.ts';
import type { NexusCall, WithNexusCall } from '../call/nexus-call.ts';
import { loadBaseClientOptions } from '../client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from '../client-options.ts';
import { Converter } from '../convert/converter.ts';
import { storingService } from '../external-storage/storing-service.ts';
import { definitionOf, type Definition } from './definition.ts';
import { interceptorsFor } from './interceptors.ts';
import type { WorkflowClientInterceptor, WorkflowClientInterceptors, WorkflowStartOutput } from './interceptors.ts';
import { countWorkflows, listWorkflows } from './list-workflows.ts';
import type { AsyncWorkflowListIterable, CountWorkflowExecution, ListOptions } from './list-workflows.ts';
import { QueryRejectCondition } from './query-reject-condition.ts';
import { signalWithStart, startWorkflow } from './start-workflow.ts';
import { updateHandle } from './update-handle.ts';
import type { WorkflowUpdateHandle } from './update-handle.ts';
import { updateWithStart } from './update-with-start.ts';
import type { WorkflowUpdateStage } from './update-workflow.ts';
import type { WithStartWorkflowOperation } from './with-start-operation.ts';
import { workflowHandle } from './workflow-handle.ts';
import type {
  StartUpdateOptions,
  UpdateOptionsWithArgs,
  WorkflowHandle,
  WorkflowHandleWithSignaledRunId,
  WorkflowHandleWithStartDetails,
  WorkflowUpdateOptions,
} from './workflow-handle.ts';
import { compileWorkflowOptions } from './workflow-options.ts';
import type { WorkflowOptions, WorkflowSignalWithStartOptions, WorkflowStartOptions } from './workflow-options.ts';
import { awaitResult } from './workflow-result.ts';
import type { WorkflowResultOptions } from './workflow-result.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** Options of a `WorkflowClient`. */
export interface WorkflowClientOptions extends BaseClientOptions {
  /** The first stands outermost. */
  interceptors?: readonly WorkflowClientInterceptor[] | WorkflowClientInterceptors;
  /** In which states of a workflow queries are refused; in none by default. */
  queryRejectCondition?: QueryRejectCondition;
}

export interface LoadedWorkflowClientOptions extends LoadedBaseClientOptions {
  readonly interceptors: readonly WorkflowClientInterceptor[] | WorkflowClientInterceptors;
  readonly queryRejectCondition: QueryRejectCondition;
}

/** How `getHandle` picks the run. */
export interface GetWorkflowHandleOptions extends WorkflowResultOptions {
  /** `cancel` and `terminate` hold to the chain of runs that began with this one. */
  firstExecutionRunId?: string;
}

/**
 * Starts workflows and talks to them.
 *
 * @example
 * ```ts
 * const handle = await client.workflow.start(order, { workflowId: 'order-1', taskQueue: 'orders', args: [items] });
 * const total = await handle.result();
 * ```
 */
export class WorkflowClient extends ConnectedClient {
  readonly options: LoadedWorkflowClientOptions;
  readonly #scope: WorkflowScope;

  constructor(options: WorkflowClientOptions = {}) {
    super();
    this.options = {
      ...loadBaseClientOptions(options),
      interceptors: options.interceptors ?? [],
      queryRejectCondition: options.queryRejectCondition ?? QueryRejectCondition.NONE,
    };
    this.#scope = {
      service: storingService(this.options),
      rawService: this.options.connection.workflowService,
      converter: new Converter(this.options.loadedDataConverter),
      namespace: this.options.namespace,
      identity: this.options.identity,
      interceptors: [],
      eagerStarts: this.options.connection.eagerStarts,
      queryRejectCondition: this.options.queryRejectCondition,
    };
  }

  /**
   * Starts a workflow and returns when the server has it.
   *
   * @param workflowTypeOrFunc its name, or its function for the types alone.
   * @throws WorkflowExecutionAlreadyStartedError when the id is taken, by the rules of the id policies.
   */
  async start<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T>,
  ): Promise<WorkflowHandleWithStartDetails<T>> {
    const { runId, eagerlyStarted, typeInfo } = await this.#start(workflowTypeOrFunc, options);
    const handle = workflowHandle<T>(this, this.#scopeOf(options.workflowId), {
      workflowId: options.workflowId,
      firstExecutionRunId: runId,
      runIdForResult: runId,
      ...resultOptions(options, typeInfo),
    });
    return { ...handle, firstExecutionRunId: runId, eagerlyStarted };
  }

  /**
   * Starts a workflow and waits for its result.
   *
   * @throws WorkflowFailedError when it closes without one.
   */
  async execute<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T>,
  ): Promise<WorkflowResultType<T>> {
    const { typeInfo } = await this.#start(workflowTypeOrFunc, options);
    return this.result<T>(options.workflowId, undefined, resultOptions(options, typeInfo));
  }

  /** Signals a workflow, and starts it first when it does not run. */
  async signalWithStart<T extends Workflow, SignalArgs extends unknown[] = []>(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T> & WorkflowSignalWithStartOptions<SignalArgs>,
  ): Promise<WorkflowHandleWithSignaledRunId<T>> {
    const { signal, signalArgs, signalTypeInfo: given, ...rest }: SignalWithStart = options;
    const { type: workflowType, typeInfo } = extractWorkflowTypeAndConfig(workflowTypeOrFunc, rest.typeInfo);
    const { name: signalName, typeInfo: signalTypeInfo } = definitionOf(signal, given);
    const signaledRunId = await signalWithStart(this.#scopeOf(options.workflowId, nexusCallOf(options)), {
      workflowType,
      signalName,
      signalArgs: [...(signalArgs ?? [])],
      ...(signalTypeInfo && { signalTypeInfo }),
      headers: {},
      options: compileWorkflowOptions({ ...rest, ...(typeInfo && { typeInfo }) }),
    });
    const handle = workflowHandle<T>(this, this.#scopeOf(options.workflowId), {
      workflowId: options.workflowId,
      // Whoever takes the id later is another workflow; its result is not the one that is waited for.
      runIdForResult: signaledRunId,
      ...resultOptions(options, typeInfo),
    });
    return { ...handle, signaledRunId };
  }

  /**
   * Starts a workflow unless it runs, sends it an update, and waits until the workflow has accepted it.
   *
   * @throws WorkflowUpdateFailedError when the update is rejected.
   */
  async startUpdateWithStart<T extends Workflow, Ret, Args extends unknown[] = []>(
    updateDef: UpdateDefinition<Ret, Args> | string,
    options: StartUpdateOptions<Args> & { startWorkflowOperation: WithStartWorkflowOperation<T> },
  ): Promise<WorkflowUpdateHandle<Ret>> {
    return this.#updateWithStart<T, Ret>(updateDef, options, 'ACCEPTED');
  }

  /**
   * Starts a workflow unless it runs, sends it an update, and waits for its result.
   *
   * @throws WorkflowUpdateFailedError when the update is rejected or fails.
   */
  async executeUpdateWithStart<T extends Workflow, Ret, Args extends unknown[] = []>(
    updateDef: UpdateDefinition<Ret, Args> | string,
    options: UpdateOptionsWithArgs<Args> & { startWorkflowOperation: WithStartWorkflowOperation<T> },
  ): Promise<Ret> {
    const handle = await this.#updateWithStart<T, Ret>(updateDef, options, 'COMPLETED');
    return handle.result();
  }

  /**
   * The result of a workflow, waited for.
   *
   * @throws WorkflowFailedError when it closes without one.
   */
  async result<T extends Workflow>(
    workflowId: string,
    runId?: string,
    options: WorkflowResultOptions = {},
  ): Promise<WorkflowResultType<T>> {
    return (await awaitResult(this.#scopeOf(workflowId), workflowId, runId, options)) as WorkflowResultType<T>;
  }

  /** A handle to a workflow by its id; without a run id, to its latest run. Asks the server nothing. */
  getHandle<T extends Workflow>(
    workflowId: string,
    runId?: string,
    options: GetWorkflowHandleOptions = {},
  ): WorkflowHandle<T> {
    return workflowHandle<T>(this, this.#scopeOf(workflowId, nexusCallOf(options)), {
      workflowId,
      runId,
      firstExecutionRunId: options.firstExecutionRunId,
      runIdForResult: runId ?? options.firstExecutionRunId,
      ...resultOptions(options, options.typeInfo),
    });
  }

  /** Lists workflows, as they are asked for. */
  list(options?: ListOptions): AsyncWorkflowListIterable {
    return listWorkflows(this.#scope, options);
  }

  /** Counts workflows. */
  count(query?: string): Promise<CountWorkflowExecution> {
    return countWorkflows(this.#scope, query);
  }

  async #start<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T>,
  ): Promise<WorkflowStartOutput & { typeInfo: PayloadTypeInfo | undefined }> {
    checkOption('WorkflowOptions', options, 'object');
    const { type: workflowType, typeInfo } = extractWorkflowTypeAndConfig(workflowTypeOrFunc, options.typeInfo);
    const output = await startWorkflow(this.#scopeOf(options.workflowId, nexusCallOf(options)), {
      workflowType,
      headers: {},
      options: compileWorkflowOptions<WorkflowOptions>({ ...options, ...(typeInfo && { typeInfo }) }),
    });
    return { ...output, typeInfo };
  }

  async #updateWithStart<T extends Workflow, Ret>(
    updateDef: Definition | string,
    options: UpdateWithStart<T>,
    waitForStage: WorkflowUpdateStage,
  ): Promise<WorkflowUpdateHandle<Ret>> {
    const { startWorkflowOperation: operation, updateId, args = [] } = options;
    const { workflowId } = operation.options;
    const scope = this.#scopeOf(workflowId);
    const { name: updateName, typeInfo: updateTypeInfo } = definitionOf(updateDef, options.typeInfo);
    const { type: workflowType, typeInfo } = extractWorkflowTypeAndConfig(
      operation.workflowTypeOrFunc,
      operation.options.typeInfo,
    );
    const settlement = operation.take();
    const onStart = (runId: string): void => {
      const target = {
        workflowId,
        firstExecutionRunId: runId,
        runIdForResult: runId,
        ...resultOptions(operation.options, typeInfo),
      };
      settlement.resolve(workflowHandle<T>(this, scope, target));
    };
    try {
      const input = {
        workflowType,
        workflowStartOptions: compileWorkflowOptions<WorkflowOptions>({
          ...operation.options,
          ...(typeInfo && { typeInfo }),
        }),
        workflowStartHeaders: {},
        updateName,
        updateArgs: [...args],
        ...(updateTypeInfo && { updateTypeInfo }),
        updateOptions: updateId === undefined ? {} : { updateId },
        updateHeaders: {},
      };
      const output = await updateWithStart(scope, input, { waitForStage, onStart });
      return updateHandle<Ret>(scope, workflowId, {
        updateId: output.updateId,
        workflowRunId: output.workflowExecution.runId,
        ...(output.updateOutcome && { outcome: output.updateOutcome }),
        ...(output.updateOutputTypeInfo && { outputTypeInfo: output.updateOutputTypeInfo }),
      });
    } catch (error) {
      settlement.reject(error);
      throw error;
    }
  }

  #scopeOf(workflowId: string, call?: NexusCall): WorkflowScope {
    const { namespace, converter } = this.#scope;
    return {
      ...this.#scope,
      converter: converter.within({ type: 'workflow', namespace, workflowId }),
      interceptors: interceptorsFor(this.options.interceptors, { workflowId }),
      nexusCall: call,
    };
  }
}

interface UpdateWithStart<T extends Workflow> extends WorkflowUpdateOptions {
  startWorkflowOperation: WithStartWorkflowOperation<T>;
  args?: readonly unknown[];
}

interface SignalWithStart extends WorkflowOptions {
  signal: Definition | string;
  signalArgs?: readonly unknown[];
  signalTypeInfo?: SignalTypeInfo;
}

function nexusCallOf(options: object): NexusCall | undefined {
  return (options as WithNexusCall)[nexusCall];
}

function resultOptions(
  { followRuns }: WorkflowResultOptions,
  typeInfo: PayloadTypeInfo | undefined,
): WorkflowResultOptions {
  return { ...(followRuns !== undefined && { followRuns }), ...(typeInfo && { typeInfo }) };
}
