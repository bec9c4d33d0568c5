import type { temporal } from '@reprise/proto';
import { invalidArgument, notFound } from '../errors.ts';
import type { RunRow } from '../store/store.ts';
import { requireNamespace, type RpcContext } from './rpc.ts';
import { isRunning } from '../execution/execution.ts';
import { isUuid } from '../execution/uuid-text.ts';

type Execution = temporal.api.common.v1.WorkflowExecution;

/** @throws ServiceError INVALID_ARGUMENT */
export function checkExecution(execution: Execution | null | undefined): { workflowId: string; runId: string } {
  if (!execution) throw invalidArgument('Execution is not set on request.');
  const { workflowId, runId } = execution;
  if (!workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (runId && !isUuid(runId)) throw invalidArgument('Invalid RunId.');
  return { workflowId, runId: runId ?? '' };
}

/**
 * The run that a request is about: the one it names, or the current one. With the first run's id, the current run of
 * that chain.
 *
 * @throws ServiceError INVALID_ARGUMENT or NOT_FOUND
 */
export function requestRun(
  ctx: RpcContext,
  execution: Execution | null | undefined,
  firstExecutionRunId?: string | null,
): RunRow {
  const { workflowId, runId } = checkExecution(execution);
  const namespaceId = requireNamespace(ctx).id;
  if (!firstExecutionRunId) return ctx.engine.require(namespaceId, workflowId, runId);
  const current = ctx.engine.require(namespaceId, workflowId);
  if (ctx.engine.read(current).started.firstExecutionRunId !== firstExecutionRunId) {
    throw notFound('workflow execution not found');
  }
  return current;
}

interface ChainRequest {
  readonly workflowExecution?: Execution | null | undefined;
  readonly firstExecutionRunId?: string | null | undefined;
}

/** The same, for what makes no difference to a closed run: of which chain that one is does not matter then. */
export function openRun(ctx: RpcContext, { workflowExecution, firstExecutionRunId }: ChainRequest): RunRow {
  if (!firstExecutionRunId) return requestRun(ctx, workflowExecution);
  const current = requestRun(ctx, { ...workflowExecution, runId: '' });
  return isRunning(ctx.engine.read(current)) ? requestRun(ctx, workflowExecution, firstExecutionRunId) : current;
}
