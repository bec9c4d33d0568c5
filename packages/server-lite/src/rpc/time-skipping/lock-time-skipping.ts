import type { TestHandler } from '../rpc.ts';
import { requireTimeSkipping } from './require-time-skipping.ts';

export const lockTimeSkipping: TestHandler<'lockTimeSkipping'> = async (_request, ctx) => {
  requireTimeSkipping(ctx).lock();
  return {};
};
