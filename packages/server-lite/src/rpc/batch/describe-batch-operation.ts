import type { BatchOperationType } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { toTimestamp } from '../wire-time.ts';

export const describeBatchOperation: WorkflowHandler<'describeBatchOperation'> = async (request, ctx) => {
  if (!request.jobId) throw invalidArgument('JobId is not set on request.');
  const record = ctx.system.batches.require(requireNamespace(ctx).id, request.jobId);
  return {
    operationType: record.operationType as BatchOperationType,
    jobId: record.jobId,
    state: record.state,
    startTime: toTimestamp(record.startMs),
    ...(record.closeMs === undefined ? {} : { closeTime: toTimestamp(record.closeMs) }),
    totalOperationCount: record.total,
    completeOperationCount: record.completed,
    failureOperationCount: record.failed,
    identity: record.identity,
    reason: record.stopReason ?? record.request.reason ?? '',
  };
};
