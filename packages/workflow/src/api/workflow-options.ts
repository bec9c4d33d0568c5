import type { Untyped, WorkflowDefinitionOptionsOrGetter } from '@reprise/common';

/**
 * Attaches options to a workflow function.
 *
 * @example setWorkflowOptions({ versioningBehavior: 'PINNED' }, order);
 */
export function setWorkflowOptions<Args extends Untyped[], Result>(
  options: WorkflowDefinitionOptionsOrGetter,
  workflow: (...args: Args) => Promise<Result>,
): void {
  Object.assign(workflow, { workflowDefinitionOptions: options });
}
