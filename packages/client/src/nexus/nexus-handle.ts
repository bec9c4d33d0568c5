import { randomUUID } from 'node:crypto';
import { optionalTsToDate } from '@reprise/common';
import { NexusOperationWaitStage } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { NexusOperationFailureError } from '../errors.ts';
import {
  NexusOperationExecutionStatus,
  decodeNexusOperationCancellationState,
  decodeNexusOperationExecutionStatus,
  decodePendingNexusOperationState,
} from './nexus-enums.ts';
import type {
  NexusOperationExecution,
  NexusOperationExecutionDescription,
  NexusOperationHandle,
} from './nexus-options.ts';
import { callingNexus } from './nexus-scope.ts';
import type { NexusScope } from './nexus-scope.ts';

type RawListInfo = temporal.api.nexus.v1.NexusOperationExecutionListInfo;
type RawDescription = temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;

/** Which operation a handle is about. */
export interface NexusOperationTarget {
  readonly operationId: string;
  readonly runId?: string | undefined;
}

/** Makes the handle of an operation. */
export function nexusOperationHandle<Result>(
  scope: NexusScope,
  { operationId, runId }: NexusOperationTarget,
): NexusOperationHandle<Result> {
  const { namespace, identity, service } = scope;
  const target = { namespace, operationId, ...(runId !== undefined && { runId }) };
  const call = <R>(action: string, request: () => Promise<R>): Promise<R> =>
    callingNexus(scope, { action, operationId, runId }, request);
  return {
    operationId,
    ...(runId !== undefined && { runId }),
    async result() {
      for (;;) {
        const response = await call('Failed to get the result of the Nexus operation', () =>
          service.pollNexusOperationExecution({
            ...target,
            waitStage: NexusOperationWaitStage.NEXUS_OPERATION_WAIT_STAGE_CLOSED,
          }),
        );
        if (response.failure) {
          throw new NexusOperationFailureError(
            'Nexus operation failed',
            await scope.converter.decodeFailure(response.failure),
          );
        }
        const closed = response.waitStage === NexusOperationWaitStage.NEXUS_OPERATION_WAIT_STAGE_CLOSED;
        if (closed || response.result) return (await scope.converter.decodeOne(response.result)) as Result;
      }
    },
    async describe() {
      return decodeDescription(
        await call('Failed to describe Nexus operation', () => service.describeNexusOperationExecution(target)),
      );
    },
    async cancel(reason) {
      const request = { ...target, identity, requestId: randomUUID(), reason };
      await call('Failed to cancel Nexus operation', () => service.requestCancelNexusOperationExecution(request));
    },
    async terminate(reason) {
      const request = { ...target, identity, requestId: randomUUID(), reason };
      await call('Failed to terminate Nexus operation', () => service.terminateNexusOperationExecution(request));
    },
  };
}

/** Decodes an entry of a list. */
export function decodeNexusOperation(raw: Omit<RawListInfo, 'stateTransitionCount'>): NexusOperationExecution {
  const scheduleTime = optionalTsToDate(raw.scheduleTime);
  const closeTime = optionalTsToDate(raw.closeTime);
  return {
    operationId: raw.operationId ?? '',
    runId: raw.runId ?? '',
    endpoint: raw.endpoint ?? '',
    service: raw.service ?? '',
    operation: raw.operation ?? '',
    status: decodeNexusOperationExecutionStatus(raw.status) ?? NexusOperationExecutionStatus.RUNNING,
    ...(scheduleTime && { scheduleTime }),
    ...(closeTime && { closeTime }),
  };
}

function decodeDescription(raw: RawDescription): NexusOperationExecutionDescription {
  const info = raw.info ?? {};
  const state = decodePendingNexusOperationState(info.state);
  return {
    ...decodeNexusOperation(info),
    attempt: info.attempt ?? 0,
    ...(state && { state }),
    ...(info.cancellationInfo && { cancellation: decodeCancellation(info.cancellationInfo) }),
    raw,
  };
}

function decodeCancellation(
  raw: temporal.api.nexus.v1.NexusOperationExecutionCancellationInfo,
): NonNullable<NexusOperationExecutionDescription['cancellation']> {
  const state = decodeNexusOperationCancellationState(raw.state);
  return { ...(state && { state }), attempt: raw.attempt ?? 0, ...(raw.reason ? { reason: raw.reason } : {}) };
}
