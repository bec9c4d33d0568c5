import { expect, test } from 'vitest';
import { Driver, initialize } from '../run/drive.suite.ts';
import { sleep } from './sleep.ts';

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a sleep of %d is refused', async (ms) => {
  const driver = new Driver(async () => await sleep(ms));
  expect(await driver.activate([initialize()])).toMatchObject({
    status: 'failed',
    failure: { message: `Invalid millis ${ms}` },
  });
});
