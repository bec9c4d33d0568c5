import { invalidArgument } from '../errors.ts';
import { requireOpen } from '../execution/decide/signal.ts';
import type { AttributesOf } from '../execution/event-kinds.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';
import { checkOverride, presentOverride } from './versioning-override.ts';

const camel = (path: string): string => path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
const known: ReadonlySet<string> = new Set(['versioningOverride', 'priority']);

export const updateWorkflowExecutionOptions: WorkflowHandler<'updateWorkflowExecutionOptions'> = async (
  request,
  ctx,
) => {
  const paths = (request.updateMask?.paths ?? []).map(camel);
  if (paths.length === 0) throw invalidArgument('UpdateMask is required');
  const unknown = paths.find((path) => !known.has(path.split('.')[0] ?? ''));
  if (unknown !== undefined) {
    throw invalidArgument(
      `error parsing UpdateMask: proto: invalid path "${unknown}" for message "temporal.api.workflow.v1.WorkflowExecutionOptions"`,
    );
  }
  const run = requestRun(ctx, request.workflowExecution);
  const given = request.workflowExecutionOptions ?? {};
  const queue = { namespaceId: run.namespaceId, name: ctx.engine.read(run).options.taskQueue };
  checkOverride(ctx, given.versioningOverride, queue);
  const { options } = await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      const attributes: AttributesOf<'optionsUpdated'> = {};
      if (paths.includes('versioningOverride')) {
        if (given.versioningOverride) attributes.versioningOverride = presentOverride(given.versioningOverride);
        else attributes.unsetVersioningOverride = true;
      }
      if (paths.some((path) => path.startsWith('priority'))) attributes.priority = given.priority ?? {};
      if (
        !attributes.versioningOverride &&
        (attributes.unsetVersioningOverride || !t.execution.options.versioningOverride)
      ) {
        attributes.unsetVersioningOverride = true;
      }
      if (request.identity) attributes.identity = request.identity;
      const { versioningOverride, priority } = t.execution.options;
      const isSame =
        JSON.stringify(attributes.versioningOverride ?? versioningOverride ?? null) ===
          JSON.stringify(versioningOverride ?? null) &&
        !(attributes.unsetVersioningOverride && versioningOverride) &&
        JSON.stringify(attributes.priority ?? priority ?? null) === JSON.stringify(priority ?? null);
      if (!isSame) t.record('optionsUpdated', attributes, { workerMayIgnore: true });
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
