import { encodeMessage, type temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { RpcContext } from './rpc.ts';

/** @throws ServiceError INVALID_ARGUMENT */
export function checkLinks(ctx: RpcContext, links: readonly temporal.api.common.v1.Link[] | null | undefined): void {
  const most = ctx.config.get('frontend.maxLinksPerRequest');
  if ((links?.length ?? 0) > most)
    throw invalidArgument(`cannot attach more than ${most} links per request, got ${links?.length}`);
  const largest = ctx.config.get('frontend.linkMaxSize');
  for (const link of links ?? []) {
    const size = encodeMessage('temporal.api.common.v1.Link', link).length;
    if (size > largest) throw invalidArgument(`link exceeds allowed size of ${largest}, got ${size}`);
  }
}
