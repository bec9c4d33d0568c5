import type { Duration } from './duration.ts';
import type { Priority } from './priority.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { SearchAttributePair, SearchAttributes, TypedSearchAttributes } from './search-attributes.ts';
import type { VersioningBehavior } from './versioning.ts';
import type { PayloadTypeInfo } from './type-info.ts';
import type { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from './workflow-id-policies.ts';

/** The time limits of a workflow. */
export interface WorkflowDurationOptions {
  /** For one run. Default: no limit. */
  workflowRunTimeout?: Duration;
  /** For the whole chain of runs. Default: no limit. */
  workflowExecutionTimeout?: Duration;
  /** For one workflow task. Default 10 seconds. */
  workflowTaskTimeout?: Duration;
}

/** What starting a workflow and starting a child have in common. */
export interface BaseWorkflowOptions {
  workflowIdReusePolicy?: WorkflowIdReusePolicy;
  workflowIdConflictPolicy?: WorkflowIdConflictPolicy;
  /** How a failed workflow is tried again. Default: not at all. */
  retry?: RetryPolicy;
  /** Runs the workflow again at these times. */
  cronSchedule?: string;
  /** Values that are stored with the workflow and not indexed. */
  memo?: Record<string, unknown>;
  /** Untyped search attributes. Prefer `typedSearchAttributes`. */
  searchAttributes?: SearchAttributes;
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  /** One line about the workflow for people; Markdown. */
  staticSummary?: string;
  /** More about the workflow for people; Markdown. */
  staticDetails?: string;
  priority?: Priority;
}

/** The options that clients and parents share. */
export type CommonWorkflowOptions = BaseWorkflowOptions & WorkflowDurationOptions;

/** What a workflow definition can say about itself. */
export interface WorkflowDefinitionOptions {
  versioningBehavior?: VersioningBehavior;
  /** Errors of these classes fail the workflow instead of the workflow task. */
  failureExceptionTypes?: (abstract new (...args: never[]) => Error)[];
}
export type WorkflowDefinitionOptionsOrGetter = WorkflowDefinitionOptions | (() => WorkflowDefinitionOptions);

/** A workflow function that carries options; see `setWorkflowOptions`. */
export interface WorkflowFunctionWithOptions<Args extends unknown[], ReturnType> {
  (...args: Args): Promise<ReturnType>;
  workflowDefinitionOptions: WorkflowDefinitionOptionsOrGetter;
}

/** True for functions that `setWorkflowOptions` has seen. */
export function isWorkflowFunctionWithOptions(
  candidate: unknown,
): candidate is WorkflowFunctionWithOptions<unknown[], unknown> {
  return typeof candidate === 'function' && 'workflowDefinitionOptions' in candidate;
}

/** What is declared of a workflow before its arguments are read. */
export interface WorkflowStaticOptions {
  typeInfo?: PayloadTypeInfo;
}
/** What `defineWorkflowOptions` attaches to a workflow function. */
export interface WorkflowDefinitionConfig {
  workflowDefinitionOptions?: WorkflowDefinitionOptionsOrGetter;
  staticOptions?: WorkflowStaticOptions;
}
/** A workflow function of which types are declared; see `defineWorkflowOptions`. */
export interface WorkflowFunctionWithStaticOptions<Args extends unknown[], ReturnType> {
  (...args: Args): Promise<ReturnType>;
  staticOptions: WorkflowStaticOptions;
}

/** True for functions that carry static options. */
export function isWorkflowFunctionWithStaticOptions(
  candidate: unknown,
): candidate is WorkflowFunctionWithStaticOptions<unknown[], unknown> {
  return typeof candidate === 'function' && 'staticOptions' in candidate && candidate.staticOptions !== undefined;
}
