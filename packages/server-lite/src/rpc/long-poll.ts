/** How long a call may wait for something to happen: a little less than its caller does. */
import type { RpcContext } from './rpc.ts';

export interface WaitOptions {
  /** Wall clock, ms since the epoch. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

const historyMarginMs = 1000;

export const historyPollOptions = (ctx: RpcContext): WaitOptions =>
  waitOptions(ctx, { longestMs: ctx.config.get('history.longPollExpirationInterval'), marginMs: historyMarginMs });

export const activityPollOptions = (ctx: RpcContext): WaitOptions =>
  waitOptions(ctx, {
    longestMs: ctx.config.get('activity.longPollTimeout'),
    marginMs: ctx.config.get('activity.longPollBuffer'),
  });

function waitOptions(ctx: RpcContext, { longestMs, marginMs }: { longestMs: number; marginMs: number }): WaitOptions {
  const untilMs = Date.now() + longestMs;
  const { deadlineMs, signal } = ctx.call;
  return { deadlineMs: deadlineMs === undefined ? untilMs : Math.min(untilMs, deadlineMs - marginMs), signal };
}
