import { VersioningBehavior } from '@reprise/proto';
import { failedPrecondition, invalidArgument } from '../../errors.ts';
import { requireOpen } from '../../execution/decide/signal.ts';
import type { Execution } from '../../execution/execution.ts';
import { behaviorInEffect, versionInEffect } from '../../execution/effective-version.ts';
import { isUuid } from '../../execution/uuid-text.ts';
import { requestRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { checkOverride } from './versioning-override.ts';
import { changeOptions, checkPriority, readOptionsMask, type WorkflowOptions } from './workflow-options.ts';

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
  const { runId } = request.workflowExecution;
  if (runId && !isUuid(runId)) throw invalidArgument('RunId is not valid UUID.');
  const run = requestRun(ctx, request.workflowExecution);
  const queue = { namespaceId: run.namespaceId, name: ctx.engine.read(run).options.taskQueue };
  const { options } = await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      const completed = withPinnedVersion(t.execution, given);
      checkOverride(ctx, completed.versioningOverride, queue);
      changeOptions(t, { given: completed, paths, identity: request.identity ?? '' });
      return t.execution;
    }),
  );
  // A priority is told to be gone, though it stays.
  const takesPriority = paths.includes('priority') && !given.priority;
  return {
    workflowExecutionOptions: {
      ...(options.versioningOverride ? { versioningOverride: options.versioningOverride } : {}),
      ...(options.priority && !takesPriority ? { priority: options.priority } : {}),
    },
  };
};

/** Pinning without a version means the one that the workflow is pinned to already. */
function withPinnedVersion(execution: Execution, given: WorkflowOptions): WorkflowOptions {
  const pinned = given.versioningOverride?.pinned;
  if (!pinned?.behavior || pinned.version) return given;
  const behavior = behaviorInEffect(execution);
  if (behavior !== VersioningBehavior.VERSIONING_BEHAVIOR_PINNED) {
    const named = behavior === VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE ? 'AutoUpgrade' : 'Unspecified';
    throw failedPrecondition(
      `must specify a specific pinned override version because workflow with id ${execution.run.workflowId} has behavior ${named} and is not yet pinned to any version`,
    );
  }
  return { ...given, versioningOverride: { pinned: { ...pinned, version: versionInEffect(execution) ?? null } } };
}
