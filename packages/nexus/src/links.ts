/** Links between what asks for an operation and what it starts: the server's messages, and URLs as Nexus has them. */
import { enumName, EventType } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import type { Link as NexusLink } from 'nexus-rpc';

type Link = temporal.api.common.v1.Link;
type WorkflowEvent = temporal.api.common.v1.Link.WorkflowEvent;

/** The messages that links stand for. */
export const linkTypes = {
  workflowEvent: 'temporal.api.common.v1.Link.WorkflowEvent',
  workflow: 'temporal.api.common.v1.Link.Workflow',
  nexusOperation: 'temporal.api.common.v1.Link.NexusOperation',
  activity: 'temporal.api.common.v1.Link.Activity',
} as const;

const collections = { workflow: 'workflows', nexusOperation: 'nexus-operations', activity: 'activities' } as const;
const EVENT_PREFIX = 'EVENT_TYPE_';

/** A link as Nexus has it. @throws TypeError for one that names nothing */
export function toNexusLink(link: Link): NexusLink {
  const { workflowEvent, workflow, nexusOperation, activity } = link;
  if (workflowEvent) {
    const path = `${pathOf('workflow', workflowEvent, workflowEvent.workflowId)}/history`;
    return { url: urlOf(path, eventQuery(workflowEvent)), type: linkTypes.workflowEvent };
  }
  if (workflow) {
    const query = workflow.reason ? { reason: workflow.reason } : {};
    return { url: urlOf(pathOf('workflow', workflow, workflow.workflowId), query), type: linkTypes.workflow };
  }
  if (nexusOperation) {
    const path = `${pathOf('nexusOperation', nexusOperation, nexusOperation.operationId)}/details`;
    return { url: urlOf(path, {}), type: linkTypes.nexusOperation };
  }
  if (activity) {
    const path = `${pathOf('activity', activity, activity.activityId)}/details`;
    return { url: urlOf(path, {}), type: linkTypes.activity };
  }
  throw new TypeError('Invalid Temporal link: it names no workflow, event of one, Nexus operation or activity');
}

function pathOf(
  kind: keyof typeof collections,
  { namespace, runId }: { namespace?: string | null | undefined; runId?: string | null | undefined },
  id: string | null | undefined,
): string {
  if (!namespace || !id || !runId)
    throw new TypeError(`Missing required fields: a link has a namespace, an id and a run id`);
  const [ns, name, run] = [namespace, id, runId].map(encodeURIComponent);
  return `namespaces/${ns}/${collections[kind]}/${name}/${run}`;
}

function urlOf(path: string, query: Record<string, string>): URL {
  const search = new URLSearchParams(query).toString();
  return new URL(`temporal:///${path}${search === '' ? '' : `?${search}`}`);
}

function eventQuery({ eventRef, requestIdRef }: WorkflowEvent): Record<string, string> {
  if (eventRef) {
    return {
      referenceType: 'EventReference',
      ...(eventRef.eventId ? { eventID: String(eventRef.eventId) } : {}),
      eventType: eventTypeName(eventRef.eventType),
    };
  }
  return {
    referenceType: 'RequestIdReference',
    ...(requestIdRef?.requestId ? { requestID: requestIdRef.requestId } : {}),
    eventType: eventTypeName(requestIdRef?.eventType),
  };
}

/** `WORKFLOW_EXECUTION_STARTED` is written `WorkflowExecutionStarted`. */
function eventTypeName(type: number | null | undefined): string {
  const words = enumName(EventType, type).slice(EVENT_PREFIX.length).toLowerCase().split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function eventTypeOf(name: string | null): EventType {
  if (name === null) throw new TypeError('Missing eventType parameter');
  const constant = name.startsWith(EVENT_PREFIX)
    ? name
    : `${EVENT_PREFIX}${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;
  const type = (EventType as Readonly<Record<string, EventType>>)[constant];
  if (type === undefined) throw new TypeError(`Unknown eventType parameter: ${name}`);
  return type;
}

/** The server's message for a link. @throws TypeError for a link of another kind, or a malformed one */
export function fromNexusLink({ url, type }: NexusLink): Link {
  if (url.protocol !== 'temporal:') throw new TypeError(`Invalid URL scheme: expected 'temporal:', got ${url.href}`);
  const [root, namespace = '', collection, id = '', runId = '', ...rest] = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const tail = rest.join('/');
  const place = `${root}/${collection}/${tail}`;
  if (type === linkTypes.workflowEvent && place === 'namespaces/workflows/history') {
    return { workflowEvent: { namespace, workflowId: id, runId, ...referenceOf(url.searchParams) } };
  }
  if (type === linkTypes.workflow && place === 'namespaces/workflows/') {
    return { workflow: { namespace, workflowId: id, runId, reason: url.searchParams.get('reason') ?? '' } };
  }
  if (type === linkTypes.nexusOperation && place === 'namespaces/nexus-operations/details') {
    return { nexusOperation: { namespace, operationId: id, runId } };
  }
  if (type === linkTypes.activity && place === 'namespaces/activities/details') {
    return { activity: { namespace, activityId: id, runId } };
  }
  throw new TypeError(`Invalid URL path or link type: ${url.href}, of type ${type}`);
}

function referenceOf(query: URLSearchParams): Pick<WorkflowEvent, 'eventRef' | 'requestIdRef'> {
  const eventType = eventTypeOf(query.get('eventType'));
  const kind = query.get('referenceType');
  if (kind === 'EventReference') return { eventRef: { eventId: Number(query.get('eventID') ?? 0), eventType } };
  if (kind === 'RequestIdReference') return { requestIdRef: { requestId: query.get('requestID') ?? '', eventType } };
  throw new TypeError(`Unknown reference type: ${String(kind)}`);
}
