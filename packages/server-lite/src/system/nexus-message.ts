/** Nexus requests to handlers, and what their answers mean. */
import type { temporal } from '@reprise/proto';
import type { NexusAnswer } from '../execution/decide/nexus-answer.ts';
import type { NexusOperation } from '../execution/nexus.ts';
import type { RunRef } from '../execution/run-ref.ts';
import type { Failure, Payload } from '../execution/wire.ts';
import { durationMs, timestamp } from '../execution/wire.ts';
import type { Answer } from '../matching/matching.ts';
import { eventLinkType, isSendable, linksWithUrls, operationLinkUrl, readLink } from './nexus-links.ts';
import { writeCallbackToken } from './nexus-token.ts';

type Request = temporal.api.nexus.v1.Request;
type Response = temporal.api.nexus.v1.StartOperationResponse;

/** What stands for a value where none was given. */
export const nullPayload: Payload = { metadata: { encoding: Buffer.from('binary/null') } };

interface RequestOptions {
  readonly nowMs: number;
  readonly timeoutMs: number;
  readonly clusterId: string;
}

function shared(
  operation: NexusOperation,
  options: RequestOptions,
  own: { [header: string]: string },
): Pick<Request, 'header' | 'scheduledTime' | 'endpoint' | 'capabilities'> {
  const wholeMs = durationMs(operation.attributes.scheduleToCloseTimeout);
  const leftMs = operation.scheduledTimeMs + wholeMs - options.nowMs;
  const timeout = `${options.timeoutMs}ms`;
  return {
    header: {
      ...operation.attributes.nexusHeader,
      'Request-Timeout': timeout,
      'request-timeout': timeout,
      ...(wholeMs > 0 ? { 'operation-timeout': `${leftMs}ms` } : {}),
      ...own,
      'user-agent': 'temporalio/server',
    },
    scheduledTime: timestamp(options.nowMs),
    endpoint: operation.attributes.endpoint ?? '',
    capabilities: { temporalFailureResponses: true },
  };
}

export function startRequest(run: RunRef, operation: NexusOperation, options: RequestOptions): Request {
  const { attributes, scheduledEventId, requestId } = operation;
  const { namespaceId, workflowId, runId } = run;
  const url = operationLinkUrl(run, scheduledEventId);
  return {
    ...shared(operation, options, {
      'nexus-link': `<${url}>; type="${eventLinkType}"`,
      'nexus-request-id': requestId,
    }),
    startOperation: {
      service: attributes.service ?? '',
      operation: attributes.operation ?? '',
      requestId,
      callback: 'temporal://system',
      payload: attributes.input ?? nullPayload,
      callbackHeader: {
        source: options.clusterId,
        'temporal-callback-token': writeCallbackToken({ namespaceId, workflowId, runId, scheduledEventId, requestId }),
      },
      links: [{ url, type: eventLinkType }],
    },
  };
}

export function cancelRequest(operation: NexusOperation, options: RequestOptions): Request {
  const { attributes, operationToken } = operation;
  return {
    ...shared(operation, options, { 'content-length': '0', 'nexus-callback-source': options.clusterId }),
    cancelOperation: {
      service: attributes.service ?? '',
      operation: attributes.operation ?? '',
      operationToken,
      operationId: operationToken,
    },
  };
}

/** The others, known or not, are worth another try. */
const finalTypes: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'UNAUTHORIZED',
  'NOT_FOUND',
  'NOT_IMPLEMENTED',
  'CONFLICT',
]);

const retryBehaviors = { retryable: 1, nonRetryable: 2 } as const;

/** Which SDK words a handler's error is not kept. */
const withoutSource = ({ source: _source, ...failure }: Failure): Failure => failure;

/** A failure in the words of Nexus, as one of ours: what only Nexus knows of it becomes its details. */
function nexusFailure({ message, metadata, details }: temporal.api.nexus.v1.Failure): Failure {
  const known = {
    ...(Object.keys(metadata ?? {}).length > 0 ? { metadata } : {}),
    ...(details?.length ? { details: JSON.parse(Buffer.from(details).toString()) as unknown } : {}),
  };
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(known)) };
  const isKnown = Object.keys(known).length > 0;
  return {
    message: message ?? '',
    applicationFailureInfo: { type: 'NexusFailure', ...(isKnown ? { details: { payloads: [payload] } } : {}) },
  };
}

/** A handler's error, and whether trying again makes sense. */
export function handlerProblem(answer: Extract<Answer, { kind: 'nexusFailed' }>): {
  failure: Failure;
  isRetryable: boolean;
} {
  const { error } = answer;
  const failure = error ? undefined : answer.failure;
  const info = failure?.nexusHandlerFailureInfo;
  const type = info?.type ?? error?.errorType ?? 'INTERNAL';
  const behavior = info?.retryBehavior ?? error?.retryBehavior ?? 0;
  const shown: Failure = failure
    ? withoutSource(failure)
    : {
        ...(error ? { cause: error.failure ? nexusFailure(error.failure) : {} } : {}),
        nexusHandlerFailureInfo: { type, ...(behavior ? { retryBehavior: behavior } : {}) },
      };
  const isRetryable = behavior === retryBehaviors.retryable || (behavior === 0 && !finalTypes.has(type));
  return { failure: shown, isRetryable };
}

export function startAnswer(answer: Answer): NexusAnswer {
  if (answer.kind === 'nexusFailed') {
    const { failure, isRetryable } = handlerProblem(answer);
    return isRetryable ? { kind: 'unavailable', failure } : { kind: 'failed', failure };
  }
  const response: Response = answer.kind === 'nexus' ? (answer.response.startOperation ?? {}) : {};
  const { syncSuccess, asyncSuccess, operationError, failure } = response;
  const links = linksWithUrls((syncSuccess ?? asyncSuccess)?.links);
  if (!links.every(isSendable)) return failedInside();
  if (syncSuccess) {
    return { kind: 'completed', result: syncSuccess.payload ?? nullPayload, links: links.flatMap(readLink) };
  }
  if (asyncSuccess) {
    const operationToken = asyncSuccess.operationToken || asyncSuccess.operationId || '';
    return { kind: 'started', operationToken, links: links.flatMap(readLink) };
  }
  if (failure) return { kind: failure.canceledFailureInfo ? 'canceled' : 'failed', failure };
  return operationError ? refused(operationError) : failedInside('empty outcome');
}

/** What the service cannot make anything of: it asks again. */
const failedInside = (message?: string): NexusAnswer => ({
  kind: 'unavailable',
  failure: { ...(message ? { message } : {}), nexusHandlerFailureInfo: { type: 'INTERNAL' } },
});

function refused({ operationState, failure }: temporal.api.nexus.v1.UnsuccessfulOperationError): NexusAnswer {
  if (operationState === 'canceled') {
    return { kind: 'canceled', failure: { message: failure?.message ?? '', canceledFailureInfo: {} } };
  }
  if (operationState !== 'failed') return failedInside();
  return { kind: 'failed', failure: failure ? nexusFailure(failure) : {} };
}
