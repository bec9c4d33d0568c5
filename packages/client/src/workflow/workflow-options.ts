import { checkOptions, checkSpelling, knownOfRetryPolicy, msOptionalToTs, type OptionKind } from '@reprise/common';
import type {
  CommonWorkflowOptions,
  Duration,
  PayloadTypeInfo,
  SignalDefinition,
  SignalTypeInfo,
  VersioningOverride,
  WithWorkflowArgs,
  Workflow,
} from '@reprise/common';
import type { google, temporal } from '@reprise/proto';
import { encodeVersioningOverride } from '../convert/versioning-override.ts';

/** How to start a workflow. */
export interface WorkflowOptions extends CommonWorkflowOptions {
  /** The business id of the workflow. */
  workflowId: string;
  /** Where workers poll for it. */
  taskQueue: string;
  /** Whether `result` follows the workflow through continue-as-new, retries and cron; true by default. */
  followRuns?: boolean;
  /** How long the first task waits, ms or text. A signal with start does not wait. */
  startDelay?: Duration;
  /** Hands the first task straight to a worker of this process, when one that shares the connection has room for it. */
  requestEagerStart?: boolean;
  /** Runs on this version, or on the current one, whatever the workflow declares. */
  versioningOverride?: VersioningOverride;
  /** What is declared of the types of the arguments and the result, of a workflow that is named by a string. */
  typeInfo?: PayloadTypeInfo;
}

/** `WorkflowOptions` with the arguments of the workflow function. */
export type WorkflowStartOptions<T extends Workflow = Workflow> = WithWorkflowArgs<T, WorkflowOptions>;

/** Options in the shape of the wire. */
export type WithCompiledWorkflowOptions<T extends WorkflowOptions> = Omit<
  T,
  'workflowExecutionTimeout' | 'workflowRunTimeout' | 'workflowTaskTimeout' | 'startDelay' | 'versioningOverride'
> & {
  args: unknown[];
  workflowExecutionTimeout?: google.protobuf.Duration | undefined;
  workflowRunTimeout?: google.protobuf.Duration | undefined;
  workflowTaskTimeout?: google.protobuf.Duration | undefined;
  startDelay?: google.protobuf.Duration | undefined;
  versioningOverride?: temporal.api.workflow.v1.VersioningOverride | undefined;
};

/** What interceptors see of the options. */
export type CompiledWorkflowOptions = WithCompiledWorkflowOptions<WorkflowOptions>;

/** Options of `signalWithStart` for a signal that takes no arguments. */
export interface WorkflowSignalWithStartOptionsWithoutArgs<SignalArgs extends unknown[]> extends Omit<
  WorkflowOptions,
  'requestEagerStart'
> {
  signal: SignalDefinition<SignalArgs> | string;
  signalArgs?: SignalArgs;
}

/** Options of `signalWithStart` for a signal that takes arguments. */
export interface WorkflowSignalWithStartOptionsWithArgs<SignalArgs extends unknown[]> extends Omit<
  WorkflowOptions,
  'requestEagerStart'
> {
  signal: SignalDefinition<SignalArgs> | string;
  signalArgs: SignalArgs;
}

/** Options of `signalWithStart`. */
export type WorkflowSignalWithStartOptions<SignalArgs extends unknown[] = []> = (SignalArgs extends [
  unknown,
  ...unknown[],
]
  ? WorkflowSignalWithStartOptionsWithArgs<SignalArgs>
  : WorkflowSignalWithStartOptionsWithoutArgs<SignalArgs>) & {
  /** What is declared of the types of the signal's arguments, of a signal that is named by a string. */
  signalTypeInfo?: SignalTypeInfo;
};

const kinds = {
  taskQueue: 'string',
  workflowId: 'string',
  args: 'array',
  memo: 'object',
  retry: 'object',
  cronSchedule: 'string',
  searchAttributes: 'object',
  priority: 'object',
  staticSummary: 'string',
  staticDetails: 'string',
  followRuns: 'boolean',
  requestEagerStart: 'boolean',
  workflowExecutionTimeout: 'duration',
  workflowRunTimeout: 'duration',
  workflowTaskTimeout: 'duration',
  startDelay: 'duration',
} as const satisfies { [Name in keyof UncompiledOptions]?: OptionKind };

/** All options, with those of signals that start workflows; the compiler sees to it that none is missing. */
const known: { readonly [Name in keyof Required<UncompiledOptions & WorkflowSignalWithStartOptions>]: true } = {
  taskQueue: true,
  workflowId: true,
  args: true,
  memo: true,
  retry: true,
  cronSchedule: true,
  searchAttributes: true,
  typedSearchAttributes: true,
  priority: true,
  staticSummary: true,
  staticDetails: true,
  followRuns: true,
  requestEagerStart: true,
  workflowExecutionTimeout: true,
  workflowRunTimeout: true,
  workflowTaskTimeout: true,
  workflowIdReusePolicy: true,
  workflowIdConflictPolicy: true,
  startDelay: true,
  versioningOverride: true,
  typeInfo: true,
  signal: true,
  signalArgs: true,
  signalTypeInfo: true,
};

type UncompiledOptions = WorkflowOptions & { args?: readonly unknown[] };

/**
 * Options in the shape of the wire: durations become protobuf durations.
 *
 * @throws TypeError without a task queue or workflow id, for a duration that is none, or for an option that is misspelt.
 */
export function compileWorkflowOptions<T extends WorkflowOptions>(options: T): WithCompiledWorkflowOptions<T> {
  const rest: UncompiledOptions = options;
  checkOptions('WorkflowOptions', rest, kinds);
  checkSpelling('WorkflowOptions', rest, known);
  checkSpelling('WorkflowOptions.retry', rest.retry ?? {}, knownOfRetryPolicy);
  // Callers without types leave out what the compiler would ask for.
  if (!rest.taskQueue) throw new TypeError('Missing WorkflowOptions.taskQueue');
  if (!rest.workflowId) throw new TypeError('Missing WorkflowOptions.workflowId');
  const compiled = {
    ...rest,
    args: [...(rest.args ?? [])],
    workflowExecutionTimeout: msOptionalToTs(rest.workflowExecutionTimeout),
    workflowRunTimeout: msOptionalToTs(rest.workflowRunTimeout),
    workflowTaskTimeout: msOptionalToTs(rest.workflowTaskTimeout),
    startDelay: msOptionalToTs(rest.startDelay),
    versioningOverride: encodeVersioningOverride(rest.versioningOverride),
  };
  return compiled as CompiledWorkflowOptions as WithCompiledWorkflowOptions<T>;
}
