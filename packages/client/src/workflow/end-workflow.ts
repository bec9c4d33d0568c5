import { randomUUID } from 'node:crypto';
import { composeInterceptors } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { WorkflowCancelInput, WorkflowTerminateInput } from './interceptors.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

type Responses = {
  cancel: temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse;
  terminate: temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse;
};

/** Asks a workflow to cancel itself, through the interceptors. */
export function cancelWorkflow(scope: WorkflowScope, input: WorkflowCancelInput): Promise<Responses['cancel']> {
  const last = (final: WorkflowCancelInput): Promise<Responses['cancel']> => {
    const { workflowId, runId } = final.workflowExecution;
    return calling(scope, { action: 'Failed to cancel workflow', workflowId, runId }, () =>
      scope.service.requestCancelWorkflowExecution({
        namespace: scope.namespace,
        identity: scope.identity,
        requestId: randomUUID(),
        workflowExecution: { workflowId, ...(runId !== undefined && { runId }) },
        firstExecutionRunId: final.firstExecutionRunId,
        reason: final.reason,
      }),
    );
  };
  return composeInterceptors(scope.interceptors, 'cancel', last)(input);
}

/** Ends a workflow without asking it, through the interceptors. */
export function terminateWorkflow(
  scope: WorkflowScope,
  input: WorkflowTerminateInput,
): Promise<Responses['terminate']> {
  const last = async (final: WorkflowTerminateInput): Promise<Responses['terminate']> => {
    const { workflowId, runId } = final.workflowExecution;
    const request = {
      namespace: scope.namespace,
      identity: scope.identity,
      workflowExecution: { workflowId, ...(runId !== undefined && { runId }) },
      firstExecutionRunId: final.firstExecutionRunId,
      reason: final.reason,
      details: await scope.converter.encodeArgs(final.details ?? []),
    };
    return calling(scope, { action: 'Failed to terminate Workflow', workflowId, runId }, () =>
      scope.service.terminateWorkflowExecution(request),
    );
  };
  return composeInterceptors(scope.interceptors, 'terminate', last)(input);
}
