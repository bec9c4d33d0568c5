import { requireTimeSkipping } from './require-time-skipping.ts';
import type { TestHandler } from '../rpc.ts';
import { fromTimestamp } from '../wire-time.ts';

export const sleepUntil: TestHandler<'sleepUntil'> = async (request, ctx) => {
  const skipping = requireTimeSkipping(ctx);
  if (request.timestamp) await skipping.sleepUntil(fromTimestamp(request.timestamp), ctx.call.signal);
  return {};
};
