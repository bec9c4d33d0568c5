import { ActivityExecutionAlreadyStartedError, ServiceError } from '@reprise/client';
import { ApplicationFailure, CancelledFailure, WorkflowExecutionAlreadyStartedError } from '@reprise/common';
import { RpcError } from '@reprise/proto';
import { HandlerError, OperationError } from 'nexus-rpc';
import { describe, expect, it } from 'vitest';
import { asHandlerError, operationFailure } from './handler-error.ts';

const grpc = (code: number): Error =>
  new ServiceError('failed', { cause: new RpcError({ code, details: 'because', metadata: new Map() } as never) });

describe('what a handler throws', () => {
  it.each([
    [new Error('x'), 'INTERNAL', true],
    ['text', 'INTERNAL', true],
    [new HandlerError('CONFLICT', 'mine'), 'CONFLICT', false],
    [ApplicationFailure.nonRetryable('x'), 'INTERNAL', false],
    [ApplicationFailure.retryable('x'), 'INTERNAL', true],
    [new WorkflowExecutionAlreadyStartedError('x', 'id', 'type'), 'INTERNAL', false],
    [new ActivityExecutionAlreadyStartedError('x', 'id', 'run'), 'INTERNAL', false],
  ])('becomes a handler error: %s', (thrown, type, retryable) => {
    expect(asHandlerError(thrown)).toMatchObject({ type, retryable });
  });

  it('stands for why it was refused when it was a call', () => {
    const codes = [3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 13, 16];
    const types = codes.map((code) => {
      const { type, retryable } = asHandlerError(grpc(code));
      return `${type}${retryable ? '' : ' final'}`;
    });
    expect(types).toEqual([
      'BAD_REQUEST final',
      'UPSTREAM_TIMEOUT',
      'NOT_FOUND final',
      'INTERNAL final',
      'RESOURCE_EXHAUSTED',
      'INTERNAL final',
      'UNAVAILABLE',
      'INTERNAL final',
      'NOT_IMPLEMENTED final',
      'UNAVAILABLE',
      'INTERNAL',
      'INTERNAL',
    ]);
  });
});

describe('an operation that does not succeed', () => {
  it('fails for good, or is cancelled', () => {
    const failed = operationFailure(new OperationError('failed', 'no', { cause: new Error('deep') }));
    expect(failed).toMatchObject({ message: 'no', type: 'OperationError', nonRetryable: true });
    expect((failed.cause as Error).message).toBe('deep');
    const cancelled = new OperationError('canceled', 'stop');
    expect(operationFailure(cancelled)).toBeInstanceOf(CancelledFailure);
    expect(operationFailure(cancelled).stack).toBe(cancelled.stack);
  });
});
