import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { payloadBytes } from '../execution/payload-size.ts';
import type { RpcContext } from './rpc.ts';

const limited = [
  ['summary', 'limit.userMetadataSummarySize'],
  ['details', 'limit.userMetadataDetailsSize'],
] as const;

/** @throws ServiceError INVALID_ARGUMENT when a text is longer than configuration allows, if it does limit them */
export function checkUserMetadata(
  ctx: RpcContext,
  metadata: temporal.api.sdk.v1.UserMetadata | null | undefined,
): void {
  for (const [field, key] of limited) {
    const bytes = payloadBytes(metadata?.[field]);
    const limit = ctx.config.get(key);
    if (limit === 0 || bytes <= limit) continue;
    throw invalidArgument(`user_metadata.${field} exceeds size limit. Length=${bytes} Limit=${limit}`);
  }
}
