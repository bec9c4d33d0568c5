import type { temporal } from '@reprise/proto';
import { invalidArgument, unimplemented } from '../../errors.ts';
import type { RpcContext } from '../rpc.ts';

/** @throws ServiceError INVALID_ARGUMENT */
export function checkCallbacks(
  ctx: RpcContext,
  callbacks: readonly temporal.api.common.v1.Callback[] | null | undefined,
): void {
  const most = ctx.config.get('system.maxCallbacksPerWorkflow');
  if ((callbacks?.length ?? 0) > most) {
    throw invalidArgument(`cannot attach more than ${most} callbacks to a workflow`);
  }
  for (const { nexus, internal } of callbacks ?? []) {
    if (internal) continue;
    if (!nexus) throw unimplemented('unknown callback variant: <nil>');
    checkUrl(ctx, nexus.url ?? '');
    const headerBytes = Object.entries(nexus.header ?? {}).reduce(
      (sum, [key, value]) => sum + key.length + value.length,
      0,
    );
    if (headerBytes > ctx.config.get('frontend.callbackHeaderMaxLength')) {
      throw invalidArgument(
        `invalid header: header size longer than max allowed size of ${ctx.config.get('frontend.callbackHeaderMaxLength')}`,
      );
    }
  }
}

const internalUrls: ReadonlySet<string> = new Set(['temporal://system', 'temporal://internal']);

function checkUrl(ctx: RpcContext, url: string): void {
  const longest = ctx.config.get('frontend.callbackURLMaxLength');
  if (url.length > longest)
    throw invalidArgument(`invalid url: url length longer than max length allowed of ${longest}`);
  if (url === '') throw invalidArgument('');
  if (internalUrls.has(url)) return;
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url)?.[1] ?? '';
  if (scheme !== 'http' && scheme !== 'https') throw invalidArgument(`invalid url: unknown scheme: ${url}`);
  if (!URL.canParse(url) || new URL(url).host === '') throw invalidArgument('invalid url: missing host');
  throw invalidArgument(`invalid url: url does not match any configured callback address: ${url}`);
}

/** Those of the service itself pass the first look at a request, and nothing later knows them. @throws ServiceError INVALID_ARGUMENT */
export function refuseInternal(callbacks: readonly temporal.api.common.v1.Callback[] | null | undefined): void {
  if (callbacks?.some(({ internal }) => internal)) {
    throw invalidArgument('unknown callback variant: *common.Callback_Internal_');
  }
}
