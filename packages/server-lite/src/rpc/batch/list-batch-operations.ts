import { PagePlace, writePageToken } from '../../page-token.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { toTimestamp } from '../wire-time.ts';

const defaultPageSize = 100;

/** The token is how many have been shown. */
export const listBatchOperations: WorkflowHandler<'listBatchOperations'> = async (request, ctx) => {
  const records = ctx.system.batches.list(requireNamespace(ctx).id);
  const place = PagePlace.read(request.nextPageToken);
  const from = place ? place.number('shown') || records.length : 0;
  // Below zero stands for all of them.
  const to = (request.pageSize ?? 0) < 0 ? records.length : from + (request.pageSize || defaultPageSize);
  return {
    operationInfo: records.slice(from, to).map((record) => ({
      jobId: record.jobId,
      state: record.state,
      startTime: toTimestamp(record.startMs),
      ...(record.closeMs === undefined ? {} : { closeTime: toTimestamp(record.closeMs) }),
    })),
    ...(to < records.length ? { nextPageToken: writePageToken({ shown: to }) } : {}),
  };
};
