/** What requests about an activity of its own have in common. All checks throw ServiceError INVALID_ARGUMENT. */
import { invalidArgument, unimplemented } from '../../errors.ts';
import type { RunRow } from '../../store/store.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';
import { isUuid } from '../../execution/uuid-text.ts';
import { byteLength } from '../validate.ts';

type Text = string | null | undefined;

export function checkLength(ctx: RpcContext, name: string, text: Text): void {
  const [length, most] = [byteLength(text ?? ''), ctx.config.get('limit.maxIDLength')];
  if (length > most) throw invalidArgument(`${name} exceeds length limit. Length=${length} Limit=${most}`);
}

/** @throws ServiceError UNIMPLEMENTED where the configuration has them switched off */
export function requireStandalone(ctx: RpcContext): void {
  if (!ctx.config.get('activity.enableStandalone')) throw unimplemented('Standalone activity is disabled');
}

interface ActivityRequest {
  readonly activityId?: Text;
  readonly runId?: Text;
  readonly requestId?: Text;
  readonly identity?: Text;
  readonly reason?: Text;
}

export function checkActivityRequest(ctx: RpcContext, request: ActivityRequest): void {
  requireStandalone(ctx);
  if (!request.activityId) throw invalidArgument('activity ID is required');
  checkLength(ctx, 'activity ID', request.activityId);
  checkLength(ctx, 'request ID', request.requestId);
  checkLength(ctx, 'identity', request.identity);
  if (request.runId && !isUuid(request.runId)) throw invalidArgument('invalid run id: must be a valid UUID');
  if (byteLength(request.reason ?? '') > ctx.config.get('limit.blobSize.error')) {
    throw invalidArgument('reason exceeds length limit');
  }
}

/**
 * The run that a checked request names: by its id, or the latest.
 *
 * @throws ServiceError NOT_FOUND
 */
export function requestedActivity(ctx: RpcContext, { activityId, runId }: ActivityRequest): RunRow {
  return ctx.engine.require(requireNamespace(ctx).id, activityId ?? '', runId ?? '', 'activity');
}

/** Who asks for the end of the activity, and why. */
export function askedEnd(ctx: RpcContext, { requestId, identity, reason }: ActivityRequest) {
  return { requestId: requestId || ctx.random.uuid(), identity: identity ?? '', reason: reason ?? '' };
}
