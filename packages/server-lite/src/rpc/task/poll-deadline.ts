import { failedPrecondition, invalidArgument } from '../../errors.ts';
import type { RpcContext } from '../rpc.ts';

const shortestMs = 2000;
/** Answers leave so long before the caller stops waiting. */
const marginMs = 1000;

/**
 * When a poll has to be answered, wall clock.
 *
 * @throws ServiceError when the caller set no deadline, or one that is too near
 */
export function readPollDeadline(ctx: RpcContext): number {
  const { deadlineMs } = ctx.call;
  if (deadlineMs === undefined) throw invalidArgument('Context timeout is not set.');
  // Some of the time has passed until anybody looks, however little.
  if (deadlineMs - Date.now() <= shortestMs) throw failedPrecondition('Context timeout is too short.');
  return Math.min(deadlineMs - marginMs, Date.now() + ctx.config.get('matching.longPollExpirationInterval'));
}
