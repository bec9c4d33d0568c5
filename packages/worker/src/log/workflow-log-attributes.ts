import type { WorkflowInfo } from '@reprise/workflow';

/** The attributes that each log line about a workflow carries. */
export function workflowLogAttributes(
  info: Pick<WorkflowInfo, 'namespace' | 'taskQueue' | 'workflowId' | 'runId' | 'workflowType'>,
): Record<string, unknown> {
  const { namespace, taskQueue, workflowId, runId, workflowType } = info;
  return { namespace, taskQueue, workflowId, runId, workflowType };
}
