import { unimplemented } from '../../errors.ts';
import type { TimeSkipping } from '../../time/time-skipping.ts';
import type { RpcContext } from '../rpc.ts';

export function requireTimeSkipping(ctx: RpcContext): TimeSkipping {
  if (!ctx.system.timeSkipping) throw unimplemented('unknown service temporal.api.testservice.v1.TestService');
  return ctx.system.timeSkipping;
}
