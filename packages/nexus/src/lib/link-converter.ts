import type { temporal } from '@reprise/proto';
import type { Link as NexusLink } from 'nexus-rpc';
import { fromNexusLink, toNexusLink } from '../links.ts';

type Link = temporal.api.common.v1.Link;

export { fromNexusLink as convertNexusLinkToTemporalLink, toNexusLink as convertTemporalLinkToNexusLink };

/** The link to an event of a workflow as Nexus has it. @throws TypeError for one that names nothing */
export function convertWorkflowEventLinkToNexusLink(workflowEvent: NonNullable<Link['workflowEvent']>): NexusLink {
  return toNexusLink({ workflowEvent });
}

/** The message for a link to an event of a workflow. @throws TypeError for any other link */
export function convertNexusLinkToWorkflowEventLink(link: NexusLink): NonNullable<Link['workflowEvent']> {
  const { workflowEvent } = fromNexusLink(link);
  if (workflowEvent) return workflowEvent;
  throw new TypeError(`Invalid URL path: ${link.url.href}`);
}
