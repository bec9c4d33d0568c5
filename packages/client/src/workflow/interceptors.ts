import type { Headers, PayloadTypeInfo, SignalTypeInfo, TypeInfo } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { CompiledWorkflowOptions } from './workflow-options.ts';

/** The workflow that a call is about; without a run id, its latest run. */
export interface TargetExecution {
  readonly workflowId: string;
  readonly runId?: string | undefined;
}

type Outcome = temporal.api.update.v1.Outcome;

export interface WorkflowStartInput {
  readonly workflowType: string;
  readonly headers: Headers;
  readonly options: CompiledWorkflowOptions;
}

export interface WorkflowStartOutput {
  readonly runId: string;
  /** Whether the first task went to a worker of this process. */
  readonly eagerlyStarted: boolean;
}

export interface WorkflowSignalInput {
  readonly signalName: string;
  readonly args: unknown[];
  readonly typeInfo?: SignalTypeInfo;
  readonly headers: Headers;
  readonly workflowExecution: TargetExecution;
}

export interface WorkflowSignalWithStartInput {
  readonly workflowType: string;
  readonly signalName: string;
  readonly signalArgs: unknown[];
  readonly signalTypeInfo?: SignalTypeInfo;
  readonly headers: Headers;
  readonly options: CompiledWorkflowOptions;
}

export interface WorkflowQueryInput {
  readonly queryType: string;
  readonly args: unknown[];
  readonly typeInfo?: PayloadTypeInfo;
  readonly headers: Headers;
  readonly workflowExecution: TargetExecution;
  readonly queryRejectCondition?: temporal.api.enums.v1.QueryRejectCondition | undefined;
}

export interface WorkflowStartUpdateInput {
  readonly updateName: string;
  readonly args: unknown[];
  readonly typeInfo?: PayloadTypeInfo;
  readonly headers: Headers;
  readonly workflowExecution: TargetExecution;
  readonly firstExecutionRunId?: string | undefined;
  readonly options: { readonly updateId?: string };
}

export interface WorkflowStartUpdateOutput {
  readonly updateId: string;
  readonly workflowRunId: string;
  readonly outcome?: Outcome | undefined;
  /** What is declared of the type of the result. */
  readonly outputTypeInfo?: TypeInfo;
}

export interface WorkflowStartUpdateWithStartInput {
  readonly workflowType: string;
  readonly workflowStartOptions: CompiledWorkflowOptions;
  readonly workflowStartHeaders: Headers;
  readonly updateName: string;
  readonly updateArgs: unknown[];
  readonly updateTypeInfo?: PayloadTypeInfo;
  readonly updateOptions: { readonly updateId?: string };
  readonly updateHeaders: Headers;
}

export interface WorkflowStartUpdateWithStartOutput {
  readonly workflowExecution: { readonly workflowId: string; readonly runId: string };
  readonly updateId: string;
  readonly updateOutcome?: Outcome | undefined;
  /** What is declared of the type of the result. */
  readonly updateOutputTypeInfo?: TypeInfo;
}

export interface WorkflowTerminateInput {
  readonly workflowExecution: TargetExecution;
  readonly reason?: string | undefined;
  readonly details?: unknown[] | undefined;
  readonly firstExecutionRunId?: string | undefined;
}

export interface WorkflowCancelInput {
  readonly workflowExecution: TargetExecution;
  readonly firstExecutionRunId?: string | undefined;
  readonly reason?: string | undefined;
}

export interface WorkflowDescribeInput {
  readonly workflowExecution: TargetExecution;
}

/** Any of these stands between the client and the server; each calls `next` to go on. */
export interface WorkflowClientInterceptor {
  /** Start a workflow; sees and returns the run id alone. Not called when there is `startWithDetails`. */
  start?: (input: WorkflowStartInput, next: (input: WorkflowStartInput) => Promise<string>) => Promise<string>;
  /** Start a workflow. */
  startWithDetails?: (
    input: WorkflowStartInput,
    next: (input: WorkflowStartInput) => Promise<WorkflowStartOutput>,
  ) => Promise<WorkflowStartOutput>;
  startUpdate?: (
    input: WorkflowStartUpdateInput,
    next: (input: WorkflowStartUpdateInput) => Promise<WorkflowStartUpdateOutput>,
  ) => Promise<WorkflowStartUpdateOutput>;
  startUpdateWithStart?: (
    input: WorkflowStartUpdateWithStartInput,
    next: (input: WorkflowStartUpdateWithStartInput) => Promise<WorkflowStartUpdateWithStartOutput>,
  ) => Promise<WorkflowStartUpdateWithStartOutput>;
  signal?: (input: WorkflowSignalInput, next: (input: WorkflowSignalInput) => Promise<void>) => Promise<void>;
  /** Signal a workflow, starting it when it does not run; returns the run id. */
  signalWithStart?: (
    input: WorkflowSignalWithStartInput,
    next: (input: WorkflowSignalWithStartInput) => Promise<string>,
  ) => Promise<string>;
  query?: (input: WorkflowQueryInput, next: (input: WorkflowQueryInput) => Promise<unknown>) => Promise<unknown>;
  terminate?: (
    input: WorkflowTerminateInput,
    next: (
      input: WorkflowTerminateInput,
    ) => Promise<temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse>,
  ) => Promise<temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse>;
  cancel?: (
    input: WorkflowCancelInput,
    next: (
      input: WorkflowCancelInput,
    ) => Promise<temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse>,
  ) => Promise<temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse>;
  describe?: (
    input: WorkflowDescribeInput,
    next: (input: WorkflowDescribeInput) => Promise<temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse>,
  ) => Promise<temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse>;
}

/** The older name of `WorkflowClientInterceptor`. @deprecated */
export type WorkflowClientCallsInterceptor = WorkflowClientInterceptor;

/** The workflow that a call is about. @deprecated */
export interface WorkflowClientCallsInterceptorFactoryInput {
  readonly workflowId: string;
  readonly runId?: string;
}

/** Makes an interceptor for the calls about one workflow. @deprecated Give interceptors themselves. */
export type WorkflowClientCallsInterceptorFactory = (
  input: WorkflowClientCallsInterceptorFactoryInput,
) => WorkflowClientCallsInterceptor;

/** The older form of a list of interceptors. @deprecated Give a list. */
export interface WorkflowClientInterceptors {
  calls?: readonly WorkflowClientCallsInterceptorFactory[];
}

/** The interceptors for the calls about one workflow, whichever way they are given. */
export function interceptorsFor(
  given: readonly WorkflowClientInterceptor[] | WorkflowClientInterceptors,
  workflow: WorkflowClientCallsInterceptorFactoryInput,
): readonly WorkflowClientInterceptor[] {
  if (!isOlderForm(given)) return given;
  return (given.calls ?? []).map((make) => make(workflow));
}

function isOlderForm(
  given: readonly WorkflowClientInterceptor[] | WorkflowClientInterceptors,
): given is WorkflowClientInterceptors {
  return !Array.isArray(given);
}
