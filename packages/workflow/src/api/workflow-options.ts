import type { Untyped, WorkflowDefinitionConfig, WorkflowDefinitionOptionsOrGetter } from '@reprise/common';

/**
 * Attaches options to a workflow function. A getter is called when a run starts, within that run.
 *
 * @example setWorkflowOptions({ versioningBehavior: 'PINNED' }, order);
 */
export function setWorkflowOptions<Args extends Untyped[], Result>(
  options: WorkflowDefinitionOptionsOrGetter,
  workflow: (...args: Args) => Promise<Result>,
): void {
  defineWorkflowOptions(workflow, { workflowDefinitionOptions: options });
}

/**
 * Attaches options to a workflow function: those of `setWorkflowOptions`, and what is declared of the types of its
 * arguments and its result, which parents and clients that are given the function go by as well.
 *
 * @example defineWorkflowOptions(order, { staticOptions: { typeInfo: { inputTypes: [orderType] } } });
 */
export function defineWorkflowOptions<Args extends Untyped[], Result>(
  workflow: (...args: Args) => Promise<Result>,
  config: WorkflowDefinitionConfig,
): void {
  Object.assign(workflow, config);
}
