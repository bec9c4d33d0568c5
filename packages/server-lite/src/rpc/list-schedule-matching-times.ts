import type { google } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { fromTimestamp, toTimestamp } from './wire-time.ts';

const mostTimes = 1000;

export const listScheduleMatchingTimes: WorkflowHandler<'listScheduleMatchingTimes'> = async (request, ctx) => {
  const record = ctx.system.schedules.require(requireNamespace(ctx).id, request.scheduleId ?? '');
  if (!request.startTime || !request.endTime) throw invalidArgument('StartTime and EndTime must be set on request.');
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
