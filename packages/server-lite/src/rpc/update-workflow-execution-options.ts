import { invalidArgument } from '../errors.ts';
import { requireOpen } from '../execution/decide/signal.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';
import { checkOverride } from './versioning-override.ts';
import { changeOptions, checkPriority, readOptionsMask } from './workflow-options.ts';

export const updateWorkflowExecutionOptions: WorkflowHandler<'updateWorkflowExecutionOptions'> = async (
  request,
  ctx,
) => {
  if (!request.workflowExecution?.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (!request.updateMask) throw invalidArgument('UpdateMask is required');
  const given = request.workflowExecutionOptions;
  if (!given) throw invalidArgument('WorkflowExecutionOptions is required');
  const paths = readOptionsMask(request.updateMask.paths ?? [], 'error parsing UpdateMask');
  checkPriority(given);
  const run = requestRun(ctx, request.workflowExecution);
  const queue = { namespaceId: run.namespaceId, name: ctx.engine.read(run).options.taskQueue };
  const { options } = await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      checkOverride(ctx, given.versioningOverride, queue);
      changeOptions(t, { given, paths, identity: request.identity ?? '' });
      return t.execution;
    }),
  );
  return {
    workflowExecutionOptions: {
      ...(options.versioningOverride ? { versioningOverride: options.versioningOverride } : {}),
      ...(options.priority ? { priority: options.priority } : {}),
    },
  };
};
