import { expect, test } from 'vitest';
import { ExternalStorage, type StorageDriver } from './external-storage.ts';

const driver = (name: string): StorageDriver => ({
  name,
  type: 'memory',
  store: () => Promise.resolve([]),
  retrieve: () => Promise.resolve([]),
});

test('a single driver takes every payload from 256 KiB on', () => {
  const [one] = [driver('one')];
  const storage = new ExternalStorage({ drivers: [one] });
  expect(storage.payloadSizeThreshold).toBe(262_144);
  expect(storage.driverSelector({}, {})).toBe(one);
  expect(storage.getDriver('one')).toBe(one);
  expect(storage.getDriver('two')).toBeNull();
});

test.each([
  ['no drivers', { drivers: [] }, 'requires at least one driver'],
  ['a driver without a name', { drivers: [driver('')] }, "Storage driver 'name' must be a non-empty string"],
  ['drivers of one name', { drivers: [driver('a'), driver('a')] }, "Duplicate storage driver name: 'a'"],
  ['several drivers and no choice', { drivers: [driver('a'), driver('b')] }, 'driverSelector is required'],
  ['a threshold that is no size', { drivers: [driver('a')], payloadSizeThreshold: -1 }, 'non-negative finite number'],
])('%s: refused', (_, options, message) => {
  expect(() => new ExternalStorage(options)).toThrow(message);
});
