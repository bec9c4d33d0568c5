import { BatchOperationType } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { BatchRequest } from '../system/batch-record.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

interface Operation {
  readonly type: BatchOperationType;
  readonly identity: string;
}

const operationTypes = {
  terminationOperation: BatchOperationType.BATCH_OPERATION_TYPE_TERMINATE,
  signalOperation: BatchOperationType.BATCH_OPERATION_TYPE_SIGNAL,
  cancellationOperation: BatchOperationType.BATCH_OPERATION_TYPE_CANCEL,
  deletionOperation: BatchOperationType.BATCH_OPERATION_TYPE_DELETE,
  resetOperation: BatchOperationType.BATCH_OPERATION_TYPE_RESET,
  updateWorkflowOptionsOperation: BatchOperationType.BATCH_OPERATION_TYPE_UPDATE_EXECUTION_OPTIONS,
  unpauseActivitiesOperation: BatchOperationType.BATCH_OPERATION_TYPE_UNPAUSE_ACTIVITY,
  resetActivitiesOperation: BatchOperationType.BATCH_OPERATION_TYPE_RESET_ACTIVITY,
  updateActivityOptionsOperation: BatchOperationType.BATCH_OPERATION_TYPE_UPDATE_ACTIVITY_OPTIONS,
} as const;

function operationOf(request: BatchRequest): Operation | undefined {
  for (const [name, type] of Object.entries(operationTypes)) {
    const operation = request[name as keyof typeof operationTypes];
    if (operation) return { type, identity: operation.identity ?? '' };
  }
  return undefined;
}

function checkOptionsUpdate(update: BatchRequest['updateActivityOptionsOperation']): void {
  if (!update) return;
  if (update.activityOptions && update.restoreOriginal) {
    throw invalidArgument('cannot set both activity options and restore original');
  }
  if (!update.activityOptions && !update.restoreOriginal) {
    throw invalidArgument('Either activity type must be set, or restore original should be set to true');
  }
}

export const startBatchOperation: WorkflowHandler<'startBatchOperation'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const operation = operationOf(request);
  const hasTargets = Boolean(request.visibilityQuery) || (request.executions?.length ?? 0) > 0;
  if (!operation || !request.reason || !hasTargets) {
    throw invalidArgument('must provide required parameters: BatchType/Reason/Namespace/Query/Executions');
  }
  if (!request.jobId) throw invalidArgument('JobId is not set on request.');
  if (request.visibilityQuery && request.executions?.length) {
    throw invalidArgument('batch query and executions are mutually exclusive');
  }
  checkOptionsUpdate(request.updateActivityOptionsOperation);
  ctx.system.batches.create(namespace, request, operation);
  return {};
};
