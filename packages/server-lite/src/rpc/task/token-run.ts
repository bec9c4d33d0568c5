import { invalidArgument } from '../../errors.ts';
import type { RunRow } from '../../store/store.ts';
import type { RpcContext } from '../rpc.ts';
import { readTaskToken, type TaskToken } from './task-token.ts';
import { checkIdentity } from '../validate.ts';

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

export interface TaskAnswer {
  readonly taskToken?: Uint8Array | null | undefined;
  readonly identity?: string | null | undefined;
}

/** The run whose task a worker answers. @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function answeredRun(ctx: RpcContext, request: TaskAnswer): { token: TaskToken; run: RunRow } {
  const token = requestToken(ctx, request.taskToken);
  checkIdentity(request.identity);
  return { token, run: runOfToken(ctx, token) };
}
