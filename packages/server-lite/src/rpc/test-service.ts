import { getCurrentTime } from './get-current-time.ts';
import { lockTimeSkipping } from './lock-time-skipping.ts';
import type { TestHandlers } from './rpc.ts';
import { sleepUntil } from './sleep-until.ts';
import { sleep } from './sleep.ts';
import { unlockTimeSkippingWithSleep } from './unlock-time-skipping-with-sleep.ts';
import { unlockTimeSkipping } from './unlock-time-skipping.ts';

export const testHandlers: TestHandlers = {
  getCurrentTime,
  lockTimeSkipping,
  sleep,
  sleepUntil,
  unlockTimeSkipping,
  unlockTimeSkippingWithSleep,
};
