import { randomUUID } from 'node:crypto';
import {
  WorkflowExecutionAlreadyStartedError,
  composeInterceptors,
  compilePriority,
  compileRetryPolicy,
  encodeUnifiedSearchAttributes,
  encodeWorkflowIdConflictPolicy,
  encodeWorkflowIdReusePolicy,
} from '@reprise/common';
import type { Headers } from '@reprise/common';
import { TaskQueueKind } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { linkFieldsOf, startFieldsOf } from '../call/nexus-call.ts';
import { status } from '../call/status.ts';
import { encodeUserMetadata } from '../convert/user-metadata.ts';
import { isGrpcServiceError } from '../errors.ts';
import type {
  WorkflowClientInterceptor,
  WorkflowSignalWithStartInput,
  WorkflowStartInput,
  WorkflowStartOutput,
} from './interceptors.ts';
import type { CompiledWorkflowOptions } from './workflow-options.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

type EagerTask = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
type ReusePolicy = temporal.api.enums.v1.WorkflowIdReusePolicy;
type ConflictPolicy = temporal.api.enums.v1.WorkflowIdConflictPolicy;
type StartRequest = temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;

/** Starts a workflow, through the interceptors. */
export async function startWorkflow(scope: WorkflowScope, input: WorkflowStartInput): Promise<WorkflowStartOutput> {
  const interceptors = scope.interceptors.map(withStartWithDetails);
  const start = composeInterceptors(interceptors, 'startWithDetails', (last: WorkflowStartInput) =>
    requestStart(scope, last),
  );
  return await start(input);
}

/** Whoever has only the older `start` is asked where `startWithDetails` would be; who has both is asked once. */
function withStartWithDetails(
  interceptor: WorkflowClientInterceptor,
): Pick<WorkflowClientInterceptor, 'startWithDetails'> {
  if (interceptor.startWithDetails !== undefined || interceptor.start === undefined) return interceptor;
  return {
    async startWithDetails(input, next) {
      let details: WorkflowStartOutput | undefined;
      const runId = await interceptor.start?.(input, async (final) => {
        details = await next(final);
        return details.runId;
      });
      return { eagerlyStarted: false, ...details, runId: runId ?? '' };
    },
  };
}

/** Signals a workflow, starting it when it does not run; returns the run id. */
export async function signalWithStart(scope: WorkflowScope, input: WorkflowSignalWithStartInput): Promise<string> {
  const last = async (final: WorkflowSignalWithStartInput): Promise<string> => {
    const request = {
      ...(await startFields(scope, final.workflowType, final.options, final.headers)),
      signalName: final.signalName,
      signalInput: await scope.converter.encodeArgs(final.signalArgs, final.signalTypeInfo),
      ...linkFieldsOf(scope.nexusCall),
    };
    const response = await startCall(scope, final, () => scope.service.signalWithStartWorkflowExecution(request));
    scope.nexusCall?.onAnswer({ link: response.signalLink });
    return response.runId ?? '';
  };
  return composeInterceptors(scope.interceptors, 'signalWithStart', last)(input);
}

/** The request that starts a workflow. */
export async function startRequest(scope: WorkflowScope, input: WorkflowStartInput): Promise<StartRequest> {
  const fields = await startFields(scope, input.workflowType, input.options, input.headers);
  return { ...fields, ...startFieldsOf(scope.nexusCall) };
}

async function requestStart(scope: WorkflowScope, input: WorkflowStartInput): Promise<WorkflowStartOutput> {
  const request = await startRequest(scope, input);
  const { requestEagerStart, taskQueue } = input.options;
  const slot = requestEagerStart === true ? scope.eagerStarts?.reserve(scope.namespace, taskQueue) : undefined;
  let task: EagerTask | undefined;
  try {
    const response = await startCall(scope, input, () =>
      scope.service.startWorkflowExecution({ ...request, ...(slot && { requestEagerExecution: true }) }),
    );
    task = response.eagerWorkflowTask ?? undefined;
    scope.nexusCall?.onAnswer(response);
    return { runId: response.runId ?? '', eagerlyStarted: task !== undefined };
  } finally {
    if (task === undefined) slot?.release();
    else slot?.run(task);
  }
}

async function startFields(
  scope: WorkflowScope,
  workflowType: string,
  options: CompiledWorkflowOptions,
  headers: Headers,
) {
  const { converter, namespace, identity } = scope;
  return {
    namespace,
    identity,
    requestId: randomUUID(),
    workflowId: options.workflowId,
    workflowType: { name: workflowType },
    taskQueue: { name: options.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    input: await converter.encodeArgs(options.args, options.typeInfo),
    header: { fields: headers },
    workflowIdReusePolicy: encodeWorkflowIdReusePolicy(options.workflowIdReusePolicy) as ReusePolicy | undefined,
    workflowIdConflictPolicy: encodeWorkflowIdConflictPolicy(options.workflowIdConflictPolicy) as
      | ConflictPolicy
      | undefined,
    workflowExecutionTimeout: options.workflowExecutionTimeout,
    workflowRunTimeout: options.workflowRunTimeout,
    workflowTaskTimeout: options.workflowTaskTimeout,
    workflowStartDelay: options.startDelay,
    retryPolicy: options.retry && compileRetryPolicy(options.retry),
    cronSchedule: options.cronSchedule,
    memo: options.memo && { fields: await converter.encodeMap(options.memo) },
    searchAttributes: startSearchAttributes(options),
    userMetadata: await encodeUserMetadata(converter, options),
    priority: options.priority && compilePriority(options.priority),
    versioningOverride: options.versioningOverride,
  };
}

function startSearchAttributes({ searchAttributes, typedSearchAttributes }: CompiledWorkflowOptions) {
  if (searchAttributes === undefined && typedSearchAttributes === undefined) return undefined;
  return { indexedFields: encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes) };
}

async function startCall<R>(
  scope: WorkflowScope,
  input: { readonly workflowType: string; readonly options: CompiledWorkflowOptions },
  call: () => Promise<R>,
): Promise<R> {
  const { workflowId } = input.options;
  return calling(scope, { action: 'Failed to start Workflow', workflowId }, async () => {
    try {
      return await call();
    } catch (error) {
      if (!isGrpcServiceError(error) || error.code !== status.ALREADY_EXISTS) throw error;
      throw new WorkflowExecutionAlreadyStartedError(
        'Workflow execution already started',
        workflowId,
        input.workflowType,
      );
    }
  });
}
