import { requireTimeSkipping } from './require-time-skipping.ts';
import type { TestHandler } from '../rpc.ts';
import { fromDuration } from '../wire-time.ts';

export const unlockTimeSkippingWithSleep: TestHandler<'unlockTimeSkippingWithSleep'> = async (request, ctx) => {
  const skipping = requireTimeSkipping(ctx);
  await skipping.unlockWhileSleeping(fromDuration(request.duration), ctx.call.signal);
  return {};
};
