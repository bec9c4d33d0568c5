import { expect, test } from 'vitest';

import { defineSignal, proxyActivities, proxyLocalActivities, setHandler } from '../index.ts';
import { Driver, initialize } from '../run/drive.suite.ts';

const typeInfo = { outputType: {} };
const timeout = { startToCloseTimeout: '1 minute' as const };

test.each([
  ["defineSignal('s'): the option typeInfo", () => defineSignal('s', { typeInfo } as object)],
  [
    'proxyActivities: the option activityTypeInfo',
    () => proxyActivities({ ...timeout, activityTypeInfo: {} } as object),
  ],
  [
    'proxyLocalActivities: the option activityTypeInfo',
    () => proxyLocalActivities({ ...timeout, activityTypeInfo: {} } as object),
  ],
  [
    "setHandler('s'): the option typeInfo",
    () => setHandler(defineSignal('s'), () => undefined, { typeInfo } as object),
  ],
])('%s is refused', async (message, ask) => {
  const driver = new Driver(async () => {
    ask();
  });
  expect(await driver.activate([initialize()])).toMatchObject({
    failure: { message: `${message} is not supported; convert the value with a payload converter` },
  });
});
