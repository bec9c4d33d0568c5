import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const deleteSchedule: WorkflowHandler<'deleteSchedule'> = async (request, ctx) => {
  ctx.system.schedules.requireOpen(requireNamespace(ctx).id, request.scheduleId ?? '');
  ctx.system.schedules.delete(requireNamespace(ctx).id, request.scheduleId ?? '');
  return {};
};
