import { composeInterceptors } from '@reprise/common';
import { status } from '../call/status.ts';
import { QueryNotRegisteredError, QueryRejectedError, isGrpcServiceError } from '../errors.ts';
import type { WorkflowQueryInput } from './interceptors.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** Queries a workflow, through the interceptors. */
export function queryWorkflow(scope: WorkflowScope, input: WorkflowQueryInput): Promise<unknown> {
  return composeInterceptors(scope.interceptors, 'query', (last: WorkflowQueryInput) => requestQuery(scope, last))(
    input,
  );
}

async function requestQuery(scope: WorkflowScope, input: WorkflowQueryInput): Promise<unknown> {
  const { workflowId, runId } = input.workflowExecution;
  const request = {
    namespace: scope.namespace,
    execution: { workflowId, ...(runId !== undefined && { runId }) },
    queryRejectCondition: input.queryRejectCondition,
    query: {
      queryType: input.queryType,
      queryArgs: await scope.converter.encodeArgs(input.args, input.typeInfo),
      header: { fields: input.headers },
    },
  };
  const response = await calling(scope, { action: 'Failed to query Workflow', workflowId, runId }, async () => {
    try {
      return await scope.service.queryWorkflow(request);
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === status.INVALID_ARGUMENT) {
        throw new QueryNotRegisteredError(error.details, error.code);
      }
      throw error;
    }
  });
  scope.nexusCall?.onAnswer(response);
  if (response.queryRejected) throw new QueryRejectedError(response.queryRejected.status ?? 0);
  return scope.converter.decodeFirst(response.queryResult, input.typeInfo?.outputType);
}
