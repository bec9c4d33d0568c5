import { decodeTypedSearchAttributes, optionalTsToDate, optionalTsToMs } from '@reprise/common';
import type { FailureShape } from '@reprise/common';
import type { Converter } from '../convert/converter.ts';
import { decodeUserMetadata } from '../convert/user-metadata.ts';
import {
  decodeNexusOperationCancellationState,
  decodeNexusOperationExecutionStatus,
  decodePendingNexusOperationState,
} from './nexus-enums.ts';
import type {
  NexusOperationExecution,
  NexusOperationExecutionCancellationInfo,
  NexusOperationExecutionDescription,
  RawNexusOperationExecutionCancellationInfo,
  RawNexusOperationExecutionInfo,
  RawNexusOperationExecutionListInfo,
} from './nexus-options.ts';

/** Decodes an entry of a list. */
export function decodeNexusOperation(raw: RawNexusOperationExecutionListInfo): NexusOperationExecution {
  return { ...commonFields(raw), raw };
}

/** Decodes the answer of `describe`; summary and details are converted when they are asked for. */
export async function decodeNexusDescription(
  converter: Converter,
  raw: RawNexusOperationExecutionInfo,
): Promise<NexusOperationExecutionDescription> {
  let texts: ReturnType<typeof decodeUserMetadata> | undefined;
  const metadata = () => (texts ??= decodeUserMetadata(converter, raw.userMetadata));
  return {
    ...commonFields(raw),
    ...(await attemptFields(converter, raw)),
    state: decodePendingNexusOperationState(raw.state),
    scheduleToCloseTimeout: optionalTsToMs(raw.scheduleToCloseTimeout),
    scheduleToStartTimeout: optionalTsToMs(raw.scheduleToStartTimeout),
    startToCloseTimeout: optionalTsToMs(raw.startToCloseTimeout),
    expirationTime: optionalTsToDate(raw.expirationTime),
    requestId: raw.requestId ?? '',
    operationToken: raw.operationToken || undefined,
    identity: raw.identity ?? '',
    cancellationInfo: raw.cancellationInfo ? await decodeCancellation(converter, raw.cancellationInfo) : undefined,
    staticSummary: async () => (await metadata()).staticSummary,
    staticDetails: async () => (await metadata()).staticDetails,
    raw,
  };
}

async function decodeCancellation(
  converter: Converter,
  raw: RawNexusOperationExecutionCancellationInfo,
): Promise<NexusOperationExecutionCancellationInfo> {
  return {
    ...(await attemptFields(converter, raw)),
    requestedTime: optionalTsToDate(raw.requestedTime),
    state: decodeNexusOperationCancellationState(raw.state),
    reason: raw.reason ?? '',
    raw,
  };
}

/** What operations and their cancellations have in common: both are tried until the handler has answered. */
async function attemptFields(
  converter: Converter,
  raw: RawNexusOperationExecutionInfo | RawNexusOperationExecutionCancellationInfo,
) {
  const failure: FailureShape | null | undefined = raw.lastAttemptFailure;
  return {
    attempt: raw.attempt ?? 0,
    lastAttemptCompleteTime: optionalTsToDate(raw.lastAttemptCompleteTime),
    nextAttemptScheduleTime: optionalTsToDate(raw.nextAttemptScheduleTime),
    lastAttemptFailure: failure ? await converter.decodeFailure(failure) : undefined,
    blockedReason: raw.blockedReason || undefined,
  };
}

function commonFields(raw: RawNexusOperationExecutionListInfo): Omit<NexusOperationExecution, 'raw'> {
  return {
    operationId: raw.operationId ?? '',
    runId: raw.runId ?? '',
    endpoint: raw.endpoint ?? '',
    service: raw.service ?? '',
    operation: raw.operation ?? '',
    status: decodeNexusOperationExecutionStatus(raw.status),
    scheduleTime: optionalTsToDate(raw.scheduleTime),
    closeTime: optionalTsToDate(raw.closeTime),
    searchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
    stateTransitionCount: raw.stateTransitionCount ?? 0,
    executionDuration: optionalTsToMs(raw.executionDuration),
  };
}
