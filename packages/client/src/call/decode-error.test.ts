import { NamespaceNotFoundError, WorkflowNotFoundError } from '@reprise/common';
import { RpcError, encodeMessage } from '@reprise/proto';
import type { Transport } from '@reprise/proto';
import { describe, expect, it } from 'vitest';
import { Client } from '../client.ts';
import { Connection } from '../connection.ts';
import { ServiceError, isGrpcCancelledError, isGrpcDeadlineError, isGrpcServiceError } from '../errors.ts';
import { WithStartWorkflowOperation } from '../workflow/with-start-operation.ts';
import { decodeError } from './decode-error.ts';
import { status } from './status.ts';

const subject = { action: 'Failed to wave', namespace: 'shop' };

function statusDetails(typeName: 'temporal.api.errordetails.v1.NamespaceNotFoundFailure', message: object): Uint8Array {
  const detail = { typeUrl: `type.googleapis.com/${typeName}`, value: encodeMessage(typeName, message) };
  return encodeMessage('google.rpc.Status', { code: 5, message: '', details: [detail] });
}

describe('decodeError', () => {
  it('names the namespace that the server names', () => {
    const details = statusDetails('temporal.api.errordetails.v1.NamespaceNotFoundFailure', { namespace: 'nowhere' });
    const error = decodeError(new RpcError({ code: status.NOT_FOUND, details: 'no', statusDetails: details }), {
      ...subject,
      workflowId: 'w',
    });
    expect(error).toBeInstanceOf(NamespaceNotFoundError);
    expect(error).toMatchObject({ namespace: 'nowhere' });
  });

  it('takes NOT_FOUND for the workflow where there is one', () => {
    const notFound = new RpcError({ code: status.NOT_FOUND, details: 'workflow not found for ID: w' });
    expect(decodeError(notFound, { ...subject, workflowId: 'w', runId: 'r' })).toMatchObject({
      message: 'workflow not found for ID: w',
      workflowId: 'w',
      runId: 'r',
    });
    expect(decodeError(notFound, { ...subject, workflowId: 'w' })).toBeInstanceOf(WorkflowNotFoundError);
    expect(decodeError(notFound, subject)).toBeInstanceOf(ServiceError);
  });

  it('keeps any other gRPC error as the cause of a ServiceError', () => {
    const cause = new RpcError({ code: status.DEADLINE_EXCEEDED, details: 'late' });
    const error = decodeError(cause, subject);
    expect(error).toMatchObject({ name: 'ServiceError', message: 'Failed to wave', cause });
    expect(isGrpcDeadlineError(error)).toBe(true);
    expect(isGrpcCancelledError(error)).toBe(false);
    expect(isGrpcServiceError(cause)).toBe(true);
    expect(isGrpcServiceError(error)).toBe(false);
  });

  it('leaves what is not a gRPC error alone', () => {
    const mistake = new TypeError('mistake');
    expect(decodeError(mistake, subject)).toBe(mistake);
  });
});

describe('an update with start', () => {
  it('fails with the error of the operation that failed, not of the one that was aborted', async () => {
    const failure = 'temporal.api.errordetails.v1.MultiOperationExecutionFailure';
    const aborted = {
      typeUrl: 'type.googleapis.com/temporal.api.failure.v1.MultiOperationExecutionAborted',
      value: new Uint8Array(),
    };
    const value = encodeMessage(failure, {
      statuses: [
        { code: status.ABORTED, message: 'Operation was aborted.', details: [aborted] },
        { code: status.INVALID_ARGUMENT, message: 'update is no good' },
      ],
    });
    const details = encodeMessage('google.rpc.Status', {
      code: 3,
      details: [{ typeUrl: `type.googleapis.com/${failure}`, value }],
    });
    const transport: Transport = {
      unary: () =>
        Promise.reject(
          new RpcError({
            code: status.INVALID_ARGUMENT,
            details: 'MultiOperation could not be executed',
            statusDetails: details,
          }),
        ),
      close: () => Promise.resolve(),
    };
    const client = new Client({ connection: Connection.fromTransport(transport) });
    const operation = WithStartWorkflowOperation.create('hello', {
      workflowId: 'w',
      taskQueue: 'q',
      workflowIdConflictPolicy: 'FAIL',
    });
    const failed = client.workflow.executeUpdateWithStart('wave', { startWorkflowOperation: operation });
    await expect(failed).rejects.toMatchObject({
      name: 'ServiceError',
      cause: { code: status.INVALID_ARGUMENT, details: 'update is no good' },
    });
    await expect(operation.workflowHandle()).rejects.toMatchObject({ name: 'ServiceError' });
  });
});

describe('what calls reject with', () => {
  const clientFailingWith = (error: RpcError): Client =>
    new Client({
      namespace: 'shop',
      connection: { workflowService: new Proxy({}, { get: () => () => Promise.reject(error) }) } as never,
    });

  it('is about the namespace, where that is what is missing', async () => {
    const statusBytes = statusDetails('temporal.api.errordetails.v1.NamespaceNotFoundFailure', { namespace: 'shop' });
    const missing = new RpcError({ code: status.NOT_FOUND, details: 'no', statusDetails: statusBytes });
    const client = clientFailingWith(missing);
    const token = new Uint8Array([1]);
    await expect(client.activity.complete(token, 1)).rejects.toBeInstanceOf(NamespaceNotFoundError);
    await expect(client.taskQueue.getReachability({ buildIds: ['1'] })).rejects.toBeInstanceOf(NamespaceNotFoundError);
  });

  it('is a TypeError, where the specification of a schedule is wrong', async () => {
    const details = 'Invalid schedule spec: interval is too small';
    const client = clientFailingWith(new RpcError({ code: status.INVALID_ARGUMENT, details }));
    const action = { type: 'startWorkflow', workflowType: 'pay', taskQueue: 'q' } as const;
    await expect(client.schedule.create({ scheduleId: 's', spec: {}, action })).rejects.toThrow(
      new TypeError('interval is too small'),
    );
  });
});
