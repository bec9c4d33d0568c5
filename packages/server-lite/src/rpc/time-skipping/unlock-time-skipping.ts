import type { TestHandler } from '../rpc.ts';
import { requireTimeSkipping } from './require-time-skipping.ts';

export const unlockTimeSkipping: TestHandler<'unlockTimeSkipping'> = async (_request, ctx) => {
  requireTimeSkipping(ctx).unlock();
  return {};
};
