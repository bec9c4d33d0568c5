import type { RpcContext } from '../rpc.ts';

/** How many a page of a list holds: what was asked for, up to the most that is allowed, which is also the default. */
export function pageSizeOf(ctx: RpcContext, asked: number | null | undefined): number {
  const largest = ctx.config.get('frontend.visibilityMaxPageSize');
  return asked && asked > 0 ? Math.min(asked, largest) : largest;
}
