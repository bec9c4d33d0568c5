/** Nexus requests to handlers. */
import type { temporal } from '@reprise/proto';
import type { NexusOperation } from '../../execution/nexus.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { Payload } from '../../execution/wire.ts';
import { durationMs, timestamp } from '../../execution/wire.ts';
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
