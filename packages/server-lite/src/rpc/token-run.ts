import { invalidArgument } from '../errors.ts';
import type { RunRow } from '../store/store.ts';
import type { RpcContext } from './rpc.ts';
import { readTaskToken, type TaskToken } from './task-token.ts';

/** The run that a task token names. @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function tokenRun(ctx: RpcContext, bytes: Uint8Array | null | undefined): { token: TaskToken; run: RunRow } {
  const token = readTaskToken(bytes);
  if (ctx.namespace && ctx.namespace.id !== token.namespaceId) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  const { namespaceId, workflowId, activityId, runId } = token;
  const run =
    workflowId === ''
      ? ctx.engine.require(namespaceId, activityId, runId, 'activity')
      : ctx.engine.require(namespaceId, workflowId, runId);
  return { token, run };
}
