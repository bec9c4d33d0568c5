/** The answers to tasks whose payloads cannot be decoded, or cannot be encoded: a codec or a storage driver failed. */
import { ensureTemporalFailure } from '@reprise/common';
import { QueryResultType, WorkflowTaskFailedCause, type temporal } from '@reprise/proto';

type Failed = temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
type QueryAnswer = temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;

export function uncodedRequest(taskToken: Uint8Array, error: unknown): Failed {
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE;
  return { taskToken, cause, failure: failureOf(error) };
}

export function undecodedQueryRequest(taskToken: Uint8Array, error: unknown): QueryAnswer {
  const failure = failureOf(error);
  const completedType = QueryResultType.QUERY_RESULT_TYPE_FAILED;
  return { taskToken, completedType, errorMessage: failure.message, failure };
}

/** Without details: these would have to be encoded. */
function failureOf(error: unknown): temporal.api.failure.v1.Failure & { message: string } {
  const { message, stack = '' } = ensureTemporalFailure(error);
  const type = error instanceof Error ? error.name : 'Error';
  return { message, source: 'TypeScriptSDK', stackTrace: stack, applicationFailureInfo: { type } };
}
