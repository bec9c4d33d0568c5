import { expect, it } from 'vitest';
import { ApplicationFailure, createPayloadValidationError } from './failure.ts';

it.each([
  [{ field: 'amount' }, [{ field: 'amount' }]],
  [0, [0]],
  [null, []],
  [undefined, []],
])('says for good that a payload is invalid, with what is known of it: %o', (details, listed) => {
  const failure = createPayloadValidationError(details);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({
    message: 'Payload validation failed',
    type: 'PayloadValidationError',
    nonRetryable: true,
    details: listed,
  });
});
