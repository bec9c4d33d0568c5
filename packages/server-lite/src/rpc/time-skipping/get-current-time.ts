import { requireTimeSkipping } from './require-time-skipping.ts';
import type { TestHandler } from '../rpc.ts';
import { toTimestamp } from '../wire-time.ts';

export const getCurrentTime: TestHandler<'getCurrentTime'> = async (_request, ctx) => ({
  time: toTimestamp(requireTimeSkipping(ctx).now()),
});
