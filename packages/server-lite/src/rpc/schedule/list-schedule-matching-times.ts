import type { google } from '@reprise/proto';
import { queryFailed } from '../../errors.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { fromTimestamp, toTimestamp } from '../wire-time.ts';

/** As the workflow behind a schedule answers a question that it does not understand. */
const missingTimes = () =>
  queryFailed('missing or invalid query', {
    message: 'missing or invalid query',
    source: 'GoSDK',
    applicationFailureInfo: {},
  });

const mostTimes = 1000;

export const listScheduleMatchingTimes: WorkflowHandler<'listScheduleMatchingTimes'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const record = ctx.system.schedules.requireAsked(namespace.id, request.scheduleId ?? '');
  if (!request.startTime || !request.endTime) throw missingTimes();
  const times = ctx.system.schedules.times(record);
  const endMs = fromTimestamp(request.endTime);
  const startTime: google.protobuf.Timestamp[] = [];
  let next = times.next(fromTimestamp(request.startTime));
  while (next && next.actualMs <= endMs && startTime.length < mostTimes) {
    startTime.push(toTimestamp(next.actualMs));
    next = times.next(next.nominalMs);
  }
  return { startTime };
};
