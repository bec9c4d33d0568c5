import { requireTimeSkipping } from './require-time-skipping.ts';
import type { TestHandler } from '../rpc.ts';
import { fromDuration } from '../wire-time.ts';

export const sleep: TestHandler<'sleep'> = async (request, ctx) => {
  const skipping = requireTimeSkipping(ctx);
  await skipping.sleepUntil(skipping.now() + fromDuration(request.duration), ctx.call.signal);
  return {};
};
