import { invalidArgument } from '../errors.ts';
import type { RunRow } from '../store/store.ts';
import type { RpcContext } from './rpc.ts';
import { readTaskToken, type TaskToken } from './task-token.ts';

/** @throws ServiceError INVALID_ARGUMENT for a token that is none, or of another namespace than the request's */
export function requestToken(ctx: RpcContext, bytes: Uint8Array | null | undefined): TaskToken {
  const token = readTaskToken(bytes);
  if (ctx.namespace && ctx.namespace.id !== token.namespaceId) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  return token;
}

/** @throws ServiceError NOT_FOUND */
export function runOfToken(ctx: RpcContext, { namespaceId, workflowId, activityId, runId }: TaskToken): RunRow {
  return workflowId === ''
    ? ctx.engine.require(namespaceId, activityId, runId, 'activity')
    : ctx.engine.require(namespaceId, workflowId, runId);
}

/** The run that a task token names. @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function tokenRun(ctx: RpcContext, bytes: Uint8Array | null | undefined): { token: TaskToken; run: RunRow } {
  const token = requestToken(ctx, bytes);
  return { token, run: runOfToken(ctx, token) };
}
