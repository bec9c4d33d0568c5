import { expect, test } from 'vitest';
import { randomSeedOf } from './random-seed.ts';

test('the seed of a run is the one that recorded histories depend on', () => {
  expect(randomSeedOf('019e93d9-da0e-70d6-9f43-888c2c8d3988')).toEqual([30, 103, 43, 8, 242, 102, 104, 153]);
});
