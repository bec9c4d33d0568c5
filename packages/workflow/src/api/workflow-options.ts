import {
  extractWorkflowType,
  type Untyped,
  type Workflow,
  type WorkflowDefinitionOptions,
  type WorkflowDefinitionOptionsOrGetter,
} from '@reprise/common';

/**
 * Attaches options to a workflow function. A getter is called when a run starts, within that run.
 *
 * @example setWorkflowOptions({ versioningBehavior: 'PINNED' }, order);
 */
export function setWorkflowOptions<Args extends Untyped[], Result>(
  options: WorkflowDefinitionOptionsOrGetter,
  workflow: (...args: Args) => Promise<Result>,
): void {
  Object.assign(workflow, { workflowDefinitionOptions: options });
}

/**
 * Attaches options to a workflow function and gives the function back.
 *
 * @example export const order = defineWorkflowOptions({ versioningBehavior: 'PINNED' }, async (id: string) => { ... });
 */
export function defineWorkflowOptions<F extends Workflow>(options: WorkflowDefinitionOptionsOrGetter, workflow: F): F {
  setWorkflowOptions(options, workflow);
  return workflow;
}

/** The type name of a workflow, and the options that were attached to it. */
export function extractWorkflowTypeAndConfig(workflow: string | Workflow): {
  workflowType: string;
  config?: WorkflowDefinitionOptions;
} {
  const workflowType = extractWorkflowType(workflow);
  if (typeof workflow === 'string' || !('workflowDefinitionOptions' in workflow)) return { workflowType };
  const given = workflow.workflowDefinitionOptions as WorkflowDefinitionOptionsOrGetter;
  return { workflowType, config: typeof given === 'function' ? given() : given };
}
