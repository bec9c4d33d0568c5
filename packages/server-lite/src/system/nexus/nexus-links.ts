/** Links between workflows and Nexus operations, as Nexus writes them: a URL and what it is one of. */
import type { temporal } from '@reprise/proto';
import type { RunRef } from '../../execution/run-ref.ts';
import type { Link } from '../../execution/wire.ts';

type NexusLink = temporal.api.nexus.v1.Link;

export const eventLinkType = 'temporal.api.common.v1.Link.WorkflowEvent';

/** Where an operation was asked for. */
export function operationLinkUrl(run: RunRef, scheduledEventId: number): string {
  const [namespace, workflowId, runId] = [run.namespace, run.workflowId, run.runId].map(encodeURIComponent);
  return `temporal:///namespaces/${namespace}/workflows/${workflowId}/${runId}/history?eventID=${scheduledEventId}&eventType=NexusOperationScheduled&referenceType=EventReference`;
}

/** Those that are URLs at all: the service drops the others as soon as it sees them. */
export const linksWithUrls = (links: readonly NexusLink[] | null | undefined): NexusLink[] =>
  (links ?? []).filter(({ url }) => isUrl(url ?? ''));

const badEscape = /%(?![0-9a-f]{2})/i;

function isUrl(text: string): boolean {
  const [path = ''] = text.split(/[?#]/, 1);
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)/i.exec(path)?.[1] ?? '';
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f]/.test(text) && !text.startsWith(':') && !badEscape.test(path) && !/\s/.test(host);
}

/** Whether a link fits into the header in which the service carries it. */
export function isSendable({ url, type }: NexusLink): boolean {
  const query = /\?([^#]*)/.exec(url ?? '')?.[1] ?? '';
  return Boolean(url) && !query.includes(';') && !badEscape.test(query) && /^[a-zA-Z0-9_./]+$/.test(type ?? '');
}

/** A link that names a workflow's event; others are dropped. */
export function readLink({ url, type }: NexusLink): Link[] {
  if (type !== eventLinkType || !url) return [];
  const match = /^temporal:\/\/\/namespaces\/([^/]+)\/workflows\/([^/]+)\/([^/]+)\/history\?(.*)$/.exec(url);
  if (!match) return [];
  const [namespace = '', workflowId = '', runId = ''] = match.slice(1, 4).map(decodeURIComponent);
  const query = new URLSearchParams(match[4]);
  const eventType = eventTypes[query.get('eventType') ?? ''] ?? 0;
  const eventRef = { eventId: Number(query.get('eventID') ?? 0), eventType: eventType as 1 };
  const requestId = query.get('requestID');
  const ref = requestId ? { requestIdRef: { requestId, eventType: eventType as 1 } } : { eventRef };
  return [{ workflowEvent: { namespace, workflowId, runId, ...ref } }];
}

const eventTypes: Readonly<Record<string, number>> = {
  WorkflowExecutionStarted: 1,
  WorkflowExecutionOptionsUpdated: 55,
  NexusOperationScheduled: 48,
};
