import { BatchOperationType, ResetType } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { maskedError } from '../../masked-error.ts';
import type { BatchRequest } from '../../system/batch/batch-record.ts';
import { batchStatement } from '../../visibility/filter-cursor.ts';
import { parseFilter } from '../../visibility/parse-filter.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

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

const typeOrAll = 'Either activity type must be set, or match all should be set to true';

function checkActivities({ unpauseActivitiesOperation: unpause, resetActivitiesOperation: reset }: BatchRequest): void {
  if (unpause && unpause.type === undefined && unpause.matchAll === undefined) {
    throw invalidArgument('activity filter must be set');
  }
  if (reset && reset.type === undefined && reset.matchAll === undefined)
    throw invalidArgument('must provide ActivityType or MatchAll');
  for (const chosen of [unpause, reset]) {
    if (chosen && !chosen.type && !chosen.matchAll) throw invalidArgument(typeOrAll);
  }
}

function checkSignal({ signalOperation: signal }: BatchRequest): void {
  if (signal && !signal.signal) throw maskedError('must provide signal name');
}

function checkWorkflowOptions({ updateWorkflowOptionsOperation: update }: BatchRequest): void {
  if (update && !update.workflowExecutionOptions) throw maskedError('must provide UpdateOptions');
  if (update && !update.updateMask) throw maskedError('must provide UpdateMask');
}

function checkReset({ resetOperation: reset }: BatchRequest): void {
  if (!reset) return;
  const { options, resetType } = reset;
  if (options) {
    const targets = [options.firstWorkflowTask, options.lastWorkflowTask, options.workflowTaskId, options.buildId];
    if (targets.every((target) => target === undefined || target === null)) {
      throw invalidArgument('batch reset missing target');
    }
  } else if (!resetType || !(Object.values(ResetType) as number[]).includes(resetType)) {
    throw invalidArgument(`unknown batch reset type ${resetType || 'Unspecified'}`);
  }
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
    throw maskedError('batch query and executions are mutually exclusive');
  }
  checkSignal(request);
  checkWorkflowOptions(request);
  checkReset(request);
  checkActivities(request);
  checkOptionsUpdate(request.updateActivityOptionsOperation);
  if (request.visibilityQuery) parseFilter(request.visibilityQuery, batchStatement);
  ctx.system.batches.create(namespace, request, operation);
  return {};
};
