/** Nexus requests to handlers. */
import type { temporal } from '@reprise/proto';
import type { NexusOperation } from '../../execution/nexus.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { Payload } from '../../execution/wire.ts';
import { timestamp } from '../../execution/wire.ts';
import { parseDurationMs } from '../dynamic-config.ts';
import { operationTimeoutMs } from './nexus-budget.ts';
import { eventLinkType, operationLinkUrl } from './nexus-links.ts';
import { writeCallbackToken } from './callback-token.ts';

type Request = temporal.api.nexus.v1.Request;

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
  const timeout = `${options.timeoutMs}ms`;
  const operationMs = operationTimeoutMs(operation, options.nowMs);
  return {
    header: {
      ...(operationMs === undefined ? {} : { 'operation-timeout': `${operationMs}ms` }),
      ...operation.attributes.nexusHeader,
      'Request-Timeout': timeout,
      'request-timeout': timeout,
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

/** The request as a handler takes it: its times have run while it waited. */
export function requestAtPoll(request: Request, leftMs: number): Request {
  const header = request.header ?? {};
  const waitedMs = (parseDurationMs(header['request-timeout'] ?? '') ?? leftMs) - leftMs;
  const operationMs = parseDurationMs(header['operation-timeout'] ?? '');
  const timeout = `${leftMs}ms`;
  return {
    ...request,
    header: {
      ...header,
      'Request-Timeout': timeout,
      'request-timeout': timeout,
      ...(operationMs === undefined ? {} : { 'operation-timeout': `${Math.round(operationMs - waitedMs)}ms` }),
    },
  };
}
