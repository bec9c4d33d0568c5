import { composeInterceptors } from '@reprise/common';
import type { WorkflowDescribeInput } from './interceptors.ts';
import { decodeWorkflowDescription } from './workflow-info.ts';
import type { WorkflowExecutionDescription } from './workflow-info.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** What the server knows of a workflow, through the interceptors. */
export async function describeWorkflow(
  scope: WorkflowScope,
  input: WorkflowDescribeInput,
): Promise<WorkflowExecutionDescription> {
  const describe = composeInterceptors(scope.interceptors, 'describe', (last: WorkflowDescribeInput) => {
    const { workflowId, runId } = last.workflowExecution;
    return calling(scope, { action: 'Failed to describe workflow', workflowId, runId }, () =>
      scope.service.describeWorkflowExecution({
        namespace: scope.namespace,
        execution: { workflowId, ...(runId !== undefined && { runId }) },
      }),
    );
  });
  return decodeWorkflowDescription(scope.converter, await describe(input));
}
