import { randomUUID } from 'node:crypto';
import { composeInterceptors } from '@reprise/common';
import type { TypeInfo } from '@reprise/common';
import { NexusOperationWaitStage } from '@reprise/proto';
import { NexusOperationFailureError } from '../errors.ts';
import { decodeNexusDescription } from './decode-nexus-operation.ts';
import type { DescribeNexusOperationInput, GetNexusOperationResultInput } from './nexus-interceptor.ts';
import type { ClientOfNexusHandle, NexusOperationExecutionDescription, NexusOperationHandle } from './nexus-options.ts';
import { callingNexus } from './nexus-scope.ts';
import type { NexusScope } from './nexus-scope.ts';

/** Which operation a handle is about. */
export interface NexusHandleTarget {
  readonly operationId: string;
  readonly runId?: string | undefined;
  readonly outputType?: TypeInfo | undefined;
}

/** Makes the handle of an operation. */
export function nexusOperationHandle<Result>(
  client: ClientOfNexusHandle,
  scope: NexusScope,
  { operationId, runId, outputType }: NexusHandleTarget,
): NexusOperationHandle<Result> {
  const { service, interceptors } = scope;
  const here = { operationId, ...(runId !== undefined && { runId }) };
  return {
    client,
    ...here,
    result: async () =>
      (await composeInterceptors(interceptors, 'getResult', (last: GetNexusOperationResultInput) =>
        awaitResult(scope, last),
      )({ ...here, ...(outputType && { outputType }) })) as Result,
    describe: () =>
      composeInterceptors(interceptors, 'describe', (last: DescribeNexusOperationInput) => describe(scope, last))(here),
    cancel: (reason) =>
      composeInterceptors(interceptors, 'cancel', (last: EndInput) =>
        end(scope, last, 'Failed to cancel Nexus operation', (request) =>
          service.requestCancelNexusOperationExecution(request),
        ),
      )({ ...here, ...(reason !== undefined && { reason }) }),
    terminate: (reason) =>
      composeInterceptors(interceptors, 'terminate', (last: EndInput) =>
        end(scope, last, 'Failed to terminate Nexus operation', (request) =>
          service.terminateNexusOperationExecution(request),
        ),
      )({ ...here, ...(reason !== undefined && { reason }) }),
  };
}

interface EndInput extends DescribeNexusOperationInput {
  readonly reason?: string;
}

const targetFields = (scope: NexusScope, { operationId, runId }: DescribeNexusOperationInput) => ({
  namespace: scope.namespace,
  operationId,
  ...(runId !== undefined && { runId }),
});

async function awaitResult(scope: NexusScope, input: GetNexusOperationResultInput): Promise<unknown> {
  const waitStage = NexusOperationWaitStage.NEXUS_OPERATION_WAIT_STAGE_CLOSED;
  for (;;) {
    const { failure, result, ...response } = await callingNexus(
      scope,
      { action: 'Failed to poll Nexus operation result', ...input },
      () => scope.service.pollNexusOperationExecution({ ...targetFields(scope, input), waitStage }),
    );
    if (failure) {
      throw new NexusOperationFailureError('Nexus operation failed', await scope.converter.decodeFailure(failure));
    }
    if (result) return scope.converter.decodeFirst({ payloads: [result] }, input.outputType);
    if (response.waitStage === waitStage) return undefined;
  }
}

async function describe(
  scope: NexusScope,
  input: DescribeNexusOperationInput,
): Promise<NexusOperationExecutionDescription> {
  const response = await callingNexus(scope, { action: 'Failed to describe Nexus operation', ...input }, () =>
    scope.service.describeNexusOperationExecution(targetFields(scope, input)),
  );
  return decodeNexusDescription(scope.converter, response.info ?? {});
}

type EndRequest = ReturnType<typeof targetFields> & { identity: string; requestId: string; reason: string | undefined };

async function end(
  scope: NexusScope,
  input: EndInput,
  action: string,
  request: (fields: EndRequest) => Promise<unknown>,
): Promise<void> {
  const { identity } = scope;
  const fields = { ...targetFields(scope, input), identity, requestId: randomUUID(), reason: input.reason };
  await callingNexus(scope, { action, ...input }, () => request(fields));
}
