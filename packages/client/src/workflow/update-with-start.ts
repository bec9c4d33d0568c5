import { WorkflowExecutionAlreadyStartedError, composeInterceptors } from '@reprise/common';
import { RpcError, decodeMessage } from '@reprise/proto';
import { errorDetails, isDetail } from '../call/decode-error.ts';
import { status } from '../call/status.ts';
import type { WorkflowStartUpdateWithStartInput, WorkflowStartUpdateWithStartOutput } from './interceptors.ts';
import { startRequest } from './start-workflow.ts';
import { encodeStage, isAccepted, updateRequest, waiting } from './update-workflow.ts';
import type { WorkflowUpdateStage } from './update-workflow.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** Starts a workflow unless it runs, and sends it an update, in one step; through the interceptors. */
export function updateWithStart(
  scope: WorkflowScope,
  input: WorkflowStartUpdateWithStartInput,
  options: { readonly waitForStage: WorkflowUpdateStage; readonly onStart: (runId: string) => void },
): Promise<WorkflowStartUpdateWithStartOutput> {
  return composeInterceptors(scope.interceptors, 'startUpdateWithStart', (last: WorkflowStartUpdateWithStartInput) =>
    request(scope, last, options),
  )(input);
}

async function request(
  scope: WorkflowScope,
  input: WorkflowStartUpdateWithStartInput,
  { waitForStage, onStart }: { readonly waitForStage: WorkflowUpdateStage; readonly onStart: (runId: string) => void },
): Promise<WorkflowStartUpdateWithStartOutput> {
  const { workflowId } = input.workflowStartOptions;
  const { operations, updateId } = await makeOperations(scope, input, waitForStage);
  for (;;) {
    const response = await waiting(scope, { workflowId }, async () => {
      try {
        return await scope.service.executeMultiOperation({ namespace: scope.namespace, operations });
      } catch (error) {
        throw failedOperation(error, input);
      }
    });
    const [started, updated] = response.responses ?? [];
    const runId = started?.startWorkflow?.runId ?? '';
    onStart(runId);
    const update = updated?.updateWorkflow;
    if (!isAccepted(update?.stage)) continue;
    return {
      workflowExecution: { workflowId, runId },
      updateId,
      ...(update?.outcome && { updateOutcome: update.outcome }),
      ...(input.updateTypeInfo?.outputType && { updateOutputTypeInfo: input.updateTypeInfo.outputType }),
    };
  }
}

async function makeOperations(
  scope: WorkflowScope,
  input: WorkflowStartUpdateWithStartInput,
  waitForStage: WorkflowUpdateStage,
) {
  const startWorkflow = await startRequest(scope, {
    workflowType: input.workflowType,
    headers: input.workflowStartHeaders,
    options: input.workflowStartOptions,
  });
  const updateWorkflow = {
    namespace: scope.namespace,
    workflowExecution: { workflowId: input.workflowStartOptions.workflowId },
    waitPolicy: { lifecycleStage: encodeStage(waitForStage) },
    request: await updateRequest(scope, {
      updateName: input.updateName,
      args: input.updateArgs,
      ...(input.updateTypeInfo && { typeInfo: input.updateTypeInfo }),
      headers: input.updateHeaders,
      options: input.updateOptions,
    }),
  };
  const { updateId } = updateWorkflow.request.meta;
  return { operations: [{ startWorkflow }, { updateWorkflow }], updateId };
}

const multiOperationFailure = 'temporal.api.errordetails.v1.MultiOperationExecutionFailure';
const operationAborted = 'temporal.api.failure.v1.MultiOperationExecutionAborted';

/** The error of the operation that failed, out of the error of the pair: the other one only says that it was aborted. */
function failedOperation(error: unknown, input: WorkflowStartUpdateWithStartInput): unknown {
  const bytes = errorDetails(error).find((detail) => isDetail(detail, multiOperationFailure))?.value;
  if (!bytes) return error;
  const statuses = decodeMessage(multiOperationFailure, bytes).statuses ?? [];
  const index = statuses.findIndex(
    ({ code, details }) => code !== status.OK && !(details ?? []).some((detail) => isDetail(detail, operationAborted)),
  );
  const failed = statuses[index];
  if (failed === undefined) return error;
  if (index === 0 && failed.code === status.ALREADY_EXISTS) {
    const { workflowId } = input.workflowStartOptions;
    return new WorkflowExecutionAlreadyStartedError(
      'Workflow execution already started',
      workflowId,
      input.workflowType,
    );
  }
  return new RpcError({ code: failed.code ?? status.UNKNOWN, details: failed.message ?? '', cause: error });
}
