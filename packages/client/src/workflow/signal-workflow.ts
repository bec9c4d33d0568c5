import { randomUUID } from 'node:crypto';
import { composeInterceptors } from '@reprise/common';
import { linkFieldsOf } from '../call/nexus-call.ts';
import type { WorkflowSignalInput } from './interceptors.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** Sends a signal to a workflow, through the interceptors. */
export function signalWorkflow(scope: WorkflowScope, input: WorkflowSignalInput): Promise<void> {
  const last = async (final: WorkflowSignalInput): Promise<void> => {
    const { workflowId, runId } = final.workflowExecution;
    const request = {
      namespace: scope.namespace,
      identity: scope.identity,
      workflowExecution: { workflowId, ...(runId !== undefined && { runId }) },
      requestId: randomUUID(),
      signalName: final.signalName,
      header: { fields: final.headers },
      input: await scope.converter.encodeArgs(final.args, final.typeInfo),
      ...linkFieldsOf(scope.nexusCall),
    };
    const response = await calling(scope, { action: 'Failed to signal Workflow', workflowId, runId }, () =>
      scope.service.signalWorkflowExecution(request),
    );
    scope.nexusCall?.onAnswer(response);
  };
  return composeInterceptors(scope.interceptors, 'signal', last)(input);
}
