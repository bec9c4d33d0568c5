import { expect, test } from 'vitest';

import { ApplicationFailureCategory, RetryState, TimeoutType } from '../failure-enums.ts';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  isCancellation,
  NexusOperationFailure,
  rootCause,
  ServerFailure,
  ensureApplicationFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '../failure.ts';
import { isNexusHandlerError, NexusHandlerError } from '../nexus-handler-error.ts';
import { defaultPayloadConverter } from './default-payload-converter.ts';
import { DefaultFailureConverter, defaultFailureConverter } from './failure-converter.ts';
import { fromWallFailure, toWallFailure } from './failure-payloads.ts';

function roundTrip(error: unknown): Error {
  const failure = defaultFailureConverter.errorToFailure(error, defaultPayloadConverter);
  const crossed = fromWallFailure(
    JSON.parse(JSON.stringify(toWallFailure(failure))) as ReturnType<typeof toWallFailure>,
  );
  return defaultFailureConverter.failureToError(crossed, defaultPayloadConverter);
}

const cause = ApplicationFailure.create({
  message: 'inner',
  type: 'Inner',
  details: [{ code: 7 }, 'x'],
  nonRetryable: true,
  nextRetryDelay: '1.5s',
  category: ApplicationFailureCategory.BENIGN,
});

test.each<[TemporalFailure]>([
  [cause],
  [new ServerFailure('server', true, cause)],
  [new CancelledFailure('cancelled', ['why'], cause)],
  [new TerminatedFailure('terminated', cause)],
  [new TimeoutFailure('late', { beat: 3 }, TimeoutType.HEARTBEAT)],
  [new ActivityFailure('failed', 'charge', '7', RetryState.MAXIMUM_ATTEMPTS_REACHED, 'worker', cause)],
  [new ChildWorkflowFailure('ns', { workflowId: 'w', runId: 'r' }, 'child', RetryState.TIMEOUT, cause)],
  [new NexusOperationFailure('failed', 5, 'endpoint', 'service', 'operation', 'token', cause)],
])('$0.name comes back with its fields and its cause', (error) => {
  const back = roundTrip(error);
  expect(back).toBeInstanceOf(error.constructor);
  const { failure: _failure, stack: _stack, cause: backCause, ...fields } = back as unknown as Record<string, unknown>;
  const { stack: _ownStack, cause: ownCause, ...expected } = error as unknown as Record<string, unknown>;
  // When the next attempt starts is for the server alone.
  const nextRetryDelay = 'nextRetryDelay' in expected ? { nextRetryDelay: undefined } : {};
  expect(fields).toEqual({ ...expected, ...nextRetryDelay });
  expect(back.message).toBe(error.message);
  expect((backCause as Error | undefined)?.message).toBe((ownCause as Error | undefined)?.message);
});

test('an error of another class becomes an ApplicationFailure with the name of its class as type', () => {
  const back = roundTrip(ensureApplicationFailure(new RangeError('too far', { cause: new TypeError('deep') })));
  expect(back).toBeInstanceOf(ApplicationFailure);
  expect(back).toMatchObject({ message: 'too far', type: 'RangeError', nonRetryable: false });
  expect(back.cause).toBeInstanceOf(TemporalFailure);
  expect(back.cause).not.toBeInstanceOf(ApplicationFailure);
  expect(rootCause(back)).toBe('deep');
});

test.each([
  ['just text', 'just text', undefined],
  [null, 'null', undefined],
  [{ code: 7 }, 'undefined', 'Object'],
])('%j, thrown, is a failure too', (thrown, message, type) => {
  expect(ensureApplicationFailure(thrown)).toMatchObject({ message, type, nonRetryable: false });
});

test('what is no error says so', () => {
  const failure = defaultFailureConverter.errorToFailure('just text', defaultPayloadConverter);
  expect(failure.message).toBe(
    'just text [A non-Error value was thrown from your code. We recommend throwing Error objects so that we can provide a stack trace]',
  );
});

test('a failure that came over the wire is sent on as it came', () => {
  const failure = { message: 'first', source: 'GoSDK', applicationFailureInfo: { type: 'T' } };
  const error = defaultFailureConverter.failureToError(failure, defaultPayloadConverter);
  expect(defaultFailureConverter.errorToFailure(error, defaultPayloadConverter)).toBe(failure);
});

test('common attributes can be put where codecs reach them', () => {
  const converter = new DefaultFailureConverter({ encodeCommonAttributes: true });
  const failure = converter.errorToFailure(
    ApplicationFailure.create({ message: 'secret', cause }),
    defaultPayloadConverter,
  );
  expect(failure).toMatchObject({ message: 'Encoded failure', stackTrace: '', cause: { message: 'Encoded failure' } });
  const back = converter.failureToError(failure, defaultPayloadConverter);
  expect([back.message, (back.cause as Error).message]).toEqual(['secret', 'inner']);
});

test('a Nexus handler error keeps its type and whether it may be tried again', () => {
  const back = roundTrip(new NexusHandlerError('NOT_FOUND', 'gone', { retryable: false }));
  expect(isNexusHandlerError(back)).toBe(true);
  expect(back).toMatchObject({ type: 'NOT_FOUND', retryableOverride: false, message: 'gone' });
});

test('errors of another copy of the package are recognised by their brand', () => {
  class Foreign extends Error {}
  for (const name of ['TemporalFailure', 'CancelledFailure']) {
    Object.defineProperty(Foreign.prototype, Symbol.for(`__temporal_is${name}`), { value: true });
  }
  const foreign = new Foreign('from elsewhere');
  expect([foreign instanceof CancelledFailure, foreign instanceof ApplicationFailure, isCancellation(foreign)]).toEqual(
    [true, false, true],
  );
  class Own extends ApplicationFailure {}
  expect(new ApplicationFailure('x') instanceof Own).toBe(false);
  expect(new Own('x') instanceof Own && new Own('x') instanceof TemporalFailure).toBe(true);
});
