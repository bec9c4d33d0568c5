import { invalidArgument } from '../../errors.ts';
import { applyPatch } from '../../system/schedule/decide-schedule.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { byteLength } from '../validate.ts';

const longestNotes = 1000;

export const patchSchedule: WorkflowHandler<'patchSchedule'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const patch = request.patch ?? {};
  if ([patch.pause, patch.unpause].some((notes) => byteLength(notes ?? '') > longestNotes)) {
    throw invalidArgument('Schedule notes exceeds limit.');
  }
  if (byteLength(request.requestId ?? '') > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('RequestId length exceeds limit.');
  }
  const change = { namespaceId: namespace.id, id: request.scheduleId ?? '', requestId: request.requestId ?? '' };
  ctx.system.schedules.requireOpen(change.namespaceId, change.id);
  const nowMs = ctx.clock.now();
  const newRequestId = (): string => ctx.random.uuid();
  await ctx.system.schedules.update(change, (record) => applyPatch(record, patch, { nowMs, newRequestId }));
  return {};
};
