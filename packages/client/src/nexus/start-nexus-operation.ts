import { randomUUID } from 'node:crypto';
import { encodeUnifiedSearchAttributes, msOptionalToTs } from '@reprise/common';
import { decodeMessage } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { errorDetails, isDetail } from '../call/decode-error.ts';
import { status } from '../call/status.ts';
import { encodeUserMetadata } from '../convert/user-metadata.ts';
import { NexusOperationAlreadyStartedError, isGrpcServiceError } from '../errors.ts';
import { encodeNexusOperationIdConflictPolicy, encodeNexusOperationIdReusePolicy } from './nexus-enums.ts';
import type { StartNexusOperationInput } from './nexus-interceptor.ts';
import { callingNexus } from './nexus-scope.ts';
import type { NexusScope } from './nexus-scope.ts';

type Request = temporal.api.workflowservice.v1.StartNexusOperationExecutionRequest;

/** Starts an operation; gives its run id. */
export async function startNexusOperation(
  scope: NexusScope,
  input: StartNexusOperationInput,
): Promise<string | undefined> {
  const request = await encodeStart(scope, input);
  const response = await callingNexus(scope, { action: 'Failed to start Nexus operation' }, async () => {
    try {
      return await scope.service.startNexusOperationExecution(request);
    } catch (error) {
      throw alreadyStarted(error, input.id) ?? error;
    }
  });
  return response.runId || undefined;
}

async function encodeStart(scope: NexusScope, input: StartNexusOperationInput): Promise<Request> {
  const { searchAttributes } = input;
  return {
    namespace: scope.namespace,
    identity: scope.identity,
    requestId: randomUUID(),
    operationId: input.id,
    endpoint: input.endpoint,
    service: input.service,
    operation: input.operation,
    scheduleToCloseTimeout: msOptionalToTs(input.scheduleToCloseTimeout),
    scheduleToStartTimeout: msOptionalToTs(input.scheduleToStartTimeout),
    startToCloseTimeout: msOptionalToTs(input.startToCloseTimeout),
    input: await scope.converter.encodeOne(input.arg, input.inputType),
    idReusePolicy: encodeNexusOperationIdReusePolicy(input.idReusePolicy) as Request['idReusePolicy'],
    idConflictPolicy: encodeNexusOperationIdConflictPolicy(input.idConflictPolicy) as Request['idConflictPolicy'],
    searchAttributes: searchAttributes && {
      indexedFields: encodeUnifiedSearchAttributes(undefined, searchAttributes),
    },
    nexusHeader: input.headers,
    userMetadata: await encodeUserMetadata(scope.converter, { staticSummary: input.summary }),
  };
}

const alreadyStartedFailure = 'temporal.api.errordetails.v1.NexusOperationExecutionAlreadyStartedFailure';

function alreadyStarted(error: unknown, operationId: string): Error | undefined {
  if (!isGrpcServiceError(error) || error.code !== status.ALREADY_EXISTS) return undefined;
  const bytes = errorDetails(error).find((detail) => isDetail(detail, alreadyStartedFailure))?.value;
  const runId = bytes ? decodeMessage(alreadyStartedFailure, bytes).runId || undefined : undefined;
  return new NexusOperationAlreadyStartedError('Nexus operation already started', operationId, runId);
}
