import { getCurrentTime } from './time-skipping/get-current-time.ts';
import { lockTimeSkipping } from './time-skipping/lock-time-skipping.ts';
import type { TestHandlers } from './rpc.ts';
import { sleepUntil } from './time-skipping/sleep-until.ts';
import { sleep } from './time-skipping/sleep.ts';
import { unlockTimeSkippingWithSleep } from './time-skipping/unlock-time-skipping-with-sleep.ts';
import { unlockTimeSkipping } from './time-skipping/unlock-time-skipping.ts';

export const testHandlers: TestHandlers = {
  getCurrentTime,
  lockTimeSkipping,
  sleep,
  sleepUntil,
  unlockTimeSkipping,
  unlockTimeSkippingWithSleep,
};
