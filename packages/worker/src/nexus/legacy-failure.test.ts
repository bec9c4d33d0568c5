import { expect, test } from 'vitest';
import { legacyHandlerError, legacyOperationError } from './legacy-failure.ts';

const text = (bytes: Uint8Array | null | undefined): unknown =>
  JSON.parse(new TextDecoder().decode(bytes ?? undefined));

test('older servers get failures as JSON inside those of Nexus', () => {
  const failure = {
    message: 'no',
    cause: { message: 'deep', applicationFailureInfo: { type: 'T' } },
    nexusHandlerFailureInfo: { type: 'NOT_FOUND', retryBehavior: 2 },
  };
  const error = legacyHandlerError(failure);
  expect(error).toMatchObject({ errorType: 'NOT_FOUND', retryBehavior: 2, failure: { message: 'no' } });
  expect(error.failure?.metadata).toEqual({ type: 'temporal.api.failure.v1.Failure' });
  expect(text(error.failure?.details)).toMatchObject({
    cause: { message: 'deep', applicationFailureInfo: { type: 'T' } },
  });
});

test('operations end as failed or canceled', () => {
  expect(legacyOperationError({ message: 'x', canceledFailureInfo: {} }).operationState).toBe('canceled');
  expect(legacyOperationError({ message: 'x', applicationFailureInfo: {} }).operationState).toBe('failed');
});
