import { describe, expect, it } from 'vitest';
import { enumCodec } from './enum-codec.ts';
import { defaultFailureConverter, defaultPayloadConverter, type ActivityFailure } from './index.ts';

const { encode, decode } = enumCodec('Colour', 'COLOUR_', { RED: 1, BLUE: 3 });

describe('an enum', () => {
  it.each([
    ['RED', 1],
    ['COLOUR_BLUE', 3],
    ['COLOUR_UNSPECIFIED', 0],
    [3, 3],
    [0, 0],
    [undefined, undefined],
    [null, undefined],
  ])('is written as a number: %s', (value, number) => {
    expect(encode(value as 'RED')).toBe(number);
  });

  it.each(['GREEN', 'COLOUR_GREEN', 2])('is not written when it is none of its values: %s', (value) => {
    expect(() => encode(value as 'RED')).toThrow(`Invalid enum value: '${value}'; Colour is one of RED, BLUE`);
  });

  it.each([
    [1, 'RED'],
    [3, 'BLUE'],
    [0, undefined],
    [undefined, undefined],
    [null, undefined],
    [23, 'unknown_23'],
  ])('is read from a number: %s', (number, name) => {
    expect(decode(number)).toBe(name);
  });
});

it('reads a failure of a newer server, whose retry state has no name here', () => {
  const failure = defaultFailureConverter.failureToError(
    {
      message: 'Activity task failed',
      activityFailureInfo: {
        scheduledEventId: 5,
        startedEventId: 6,
        identity: '',
        activityType: { name: 'charge' },
        activityId: '1',
        retryState: 99,
      },
    },
    defaultPayloadConverter,
  ) as ActivityFailure;
  expect([failure.name, failure.activityType, failure.retryState]).toEqual(['ActivityFailure', 'charge', 'unknown_99']);
});
