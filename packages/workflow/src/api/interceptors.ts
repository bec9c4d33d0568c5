import type {
  ActivityOptions as UngroupedActivityOptions,
  Duration,
  Headers,
  LocalActivityOptions as UngroupedLocalActivityOptions,
  MetricTags,
  PayloadTypeInfo,
  SignalTypeInfo,
  Next,
  WorkflowExecution,
} from '@reprise/common';
import type { Activation } from '../jobs.ts';
import type { Intent } from '../intents.ts';
import type { ChildWorkflowOptionsWithDefaults } from './child-workflow-options.ts';
import type { ContinueAsNewOptions } from './continue-as-new-error.ts';
import type { TypeInfo as NexusTypeInfo } from 'nexus-rpc';
import type { EventGroupMarker } from './event-group-marker.ts';
import type { NexusOperationCancellationType } from './nexus-options.ts';

/** Input of `execute`. */
export interface WorkflowExecuteInput {
  readonly args: unknown[];
  readonly headers: Headers;
}

/** Input of `handleSignal`. */
export interface SignalInput {
  readonly signalName: string;
  readonly args: unknown[];
  readonly headers: Headers;
}

/** Input of `handleQuery`. */
export interface QueryInput {
  readonly queryId: string;
  readonly queryName: string;
  readonly args: unknown[];
  readonly headers: Headers;
}

/** Input of `validateUpdate` and `handleUpdate`. */
export interface UpdateInput {
  readonly updateId: string;
  readonly name: string;
  readonly args: unknown[];
  readonly headers: Headers;
}

/** Stands between the worker and workflow code. Each method calls `next` to go on. */
export interface WorkflowInboundCallsInterceptor {
  execute?: (input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, 'execute'>) => Promise<unknown>;
  handleSignal?: (input: SignalInput, next: Next<WorkflowInboundCallsInterceptor, 'handleSignal'>) => Promise<void>;
  handleQuery?: (input: QueryInput, next: Next<WorkflowInboundCallsInterceptor, 'handleQuery'>) => Promise<unknown>;
  validateUpdate?: (input: UpdateInput, next: Next<WorkflowInboundCallsInterceptor, 'validateUpdate'>) => void;
  handleUpdate?: (input: UpdateInput, next: Next<WorkflowInboundCallsInterceptor, 'handleUpdate'>) => Promise<unknown>;
}

/** Options of `sleep` and of `condition` with a timeout. */
export interface TimerOptions {
  /** One line for people; Markdown. */
  readonly summary?: string;
  /** Groups that the timer belongs to; see `createEventGroup`. */
  readonly eventGroups?: readonly EventGroupMarker[];
}

/** How an activity runs. One of `startToCloseTimeout` and `scheduleToCloseTimeout` is required. */
export interface ActivityOptions extends UngroupedActivityOptions {
  /** Groups that the activity belongs to; see `createEventGroup`. */
  eventGroups?: readonly EventGroupMarker[];
}

/** How a local activity runs: in the worker that runs the workflow, without a task queue. */
export interface LocalActivityOptions extends UngroupedLocalActivityOptions {
  /** Groups that the activity belongs to; see `createEventGroup`. */
  eventGroups?: readonly EventGroupMarker[];
}

/** Input of `startTimer`. */
export interface TimerInput {
  readonly durationMs: number;
  readonly seq: number;
  readonly options?: TimerOptions;
}

/** Input of `scheduleActivity`. */
export interface ActivityInput {
  readonly activityType: string;
  readonly args: unknown[];
  readonly options: ActivityOptions;
  readonly headers: Headers;
  readonly seq: number;
  readonly typeInfo?: PayloadTypeInfo;
}

/** Input of `scheduleLocalActivity`. */
export interface LocalActivityInput {
  readonly activityType: string;
  readonly args: unknown[];
  readonly options: LocalActivityOptions;
  readonly headers: Headers;
  readonly seq: number;
  readonly originalScheduleTime?: { seconds?: number | null; nanos?: number | null };
  readonly attempt: number;
  readonly typeInfo?: PayloadTypeInfo;
}

/** Input of `startChildWorkflowExecution`. */
export interface StartChildWorkflowExecutionInput {
  readonly workflowType: string;
  readonly options: ChildWorkflowOptionsWithDefaults;
  readonly headers: Headers;
  readonly seq: number;
}

/** Input of `signalWorkflow`. */
export interface SignalWorkflowInput {
  readonly seq: number;
  readonly signalName: string;
  readonly args: unknown[];
  readonly headers: Headers;
  readonly typeInfo?: SignalTypeInfo;
  readonly target:
    | { readonly type: 'external'; readonly workflowExecution: WorkflowExecution }
    | { readonly type: 'child'; readonly childWorkflowId: string };
}

/** Input of `continueAsNew`. */
export interface ContinueAsNewInput {
  readonly args: unknown[];
  readonly headers: Headers;
  readonly options: ContinueAsNewInputOptions;
}
export type ContinueAsNewInputOptions = ContinueAsNewOptions & Required<Pick<ContinueAsNewOptions, 'workflowType'>>;

/** Options of a Nexus operation. */
export interface StartNexusOperationOptions {
  /** The longest the operation may take in all. */
  readonly scheduleToCloseTimeout?: Duration;
  /** The longest until the operation is started. */
  readonly scheduleToStartTimeout?: Duration;
  /** The longest from start to end. */
  readonly startToCloseTimeout?: Duration;
  /** One line for people; Markdown. */
  readonly summary?: string;
  /** Default `WAIT_CANCELLATION_COMPLETED`. */
  readonly cancellationType?: NexusOperationCancellationType;
  /** Headers of the Nexus request. */
  readonly headers?: Record<string, string>;
  /** Groups that the operation belongs to; see `createEventGroup`. */
  readonly eventGroups?: readonly EventGroupMarker[];
}

/** Input of `startNexusOperation`. */
export interface StartNexusOperationInput {
  readonly input: unknown;
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly options: StartNexusOperationOptions;
  readonly headers: Record<string, string>;
  readonly seq: number;
  /** How the input is put before it becomes a payload, as the service's definition says. */
  readonly inputType?: NexusTypeInfo<unknown, unknown>;
  /** How the result is read after it was a payload, as the service's definition says. */
  readonly outputType?: NexusTypeInfo<unknown, unknown>;
}

/** What starting a Nexus operation gives. */
export interface StartNexusOperationOutput {
  readonly token?: string;
  readonly result: Promise<unknown>;
}

/** What log lines carry. */
export type GetLogAttributesInput = Record<string, unknown>;
/** What measurements carry. */
export type GetMetricTagsInput = MetricTags;

/** Stands between workflow code and the worker. Each method calls `next` to go on. */
export interface WorkflowOutboundCallsInterceptor {
  startTimer?: (input: TimerInput, next: Next<WorkflowOutboundCallsInterceptor, 'startTimer'>) => Promise<void>;
  scheduleActivity?: (
    input: ActivityInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'scheduleActivity'>,
  ) => Promise<unknown>;
  scheduleLocalActivity?: (
    input: LocalActivityInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'scheduleLocalActivity'>,
  ) => Promise<unknown>;
  startNexusOperation?: (
    input: StartNexusOperationInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'startNexusOperation'>,
  ) => Promise<StartNexusOperationOutput>;
  startChildWorkflowExecution?: (
    input: StartChildWorkflowExecutionInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'startChildWorkflowExecution'>,
  ) => Promise<[Promise<string>, Promise<unknown>]>;
  signalWorkflow?: (
    input: SignalWorkflowInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'signalWorkflow'>,
  ) => Promise<void>;
  continueAsNew?: (
    input: ContinueAsNewInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'continueAsNew'>,
  ) => Promise<never>;
  getLogAttributes?: (
    input: GetLogAttributesInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'getLogAttributes'>,
  ) => Record<string, unknown>;
  getMetricTags?: (
    input: GetMetricTagsInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'getMetricTags'>,
  ) => MetricTags;
}

/** Input of `activate`. */
export interface ActivateInput {
  readonly activation: Activation;
  readonly batchIndex: number;
}

/** Input of `concludeActivation`. */
export interface ConcludeActivationInput {
  readonly commands: Intent[];
}
/** Output of `concludeActivation`. */
export type ConcludeActivationOutput = ConcludeActivationInput;

/** Input of `dispose`. */
export type DisposeInput = object;

/** Stands around activations. For libraries of the field; what they see is no stable API. */
export interface WorkflowInternalsInterceptor {
  activate?: (input: ActivateInput, next: Next<WorkflowInternalsInterceptor, 'activate'>) => void;
  concludeActivation?: (
    input: ConcludeActivationInput,
    next: Next<WorkflowInternalsInterceptor, 'concludeActivation'>,
  ) => ConcludeActivationOutput;
  dispose?: (input: DisposeInput, next: Next<WorkflowInternalsInterceptor, 'dispose'>) => void;
}

/** Interceptors of one workflow. */
export interface WorkflowInterceptors {
  inbound?: WorkflowInboundCallsInterceptor[];
  outbound?: WorkflowOutboundCallsInterceptor[];
  internals?: WorkflowInternalsInterceptor[];
}

/**
 * Makes the interceptors of a workflow. An interceptor module exports one as `interceptors`.
 *
 * @example export const interceptors: WorkflowInterceptorsFactory = () => ({ inbound: [new Auditor()] });
 */
export type WorkflowInterceptorsFactory = () => WorkflowInterceptors;
