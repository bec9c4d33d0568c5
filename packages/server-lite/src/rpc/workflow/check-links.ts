import { encodeMessage, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { RpcContext } from '../rpc.ts';

/** @throws ServiceError INVALID_ARGUMENT */
export function checkLinks(ctx: RpcContext, links: readonly temporal.api.common.v1.Link[] | null | undefined): void {
  const most = ctx.config.get('frontend.maxLinksPerRequest');
  if ((links?.length ?? 0) > most)
    throw invalidArgument(`cannot attach more than ${most} links per request, got ${links?.length}`);
  const largest = ctx.config.get('frontend.linkMaxSize');
  for (const link of links ?? []) {
    const size = encodeMessage('temporal.api.common.v1.Link', link).length;
    if (size > largest) throw invalidArgument(`link exceeds allowed size of ${largest}, got ${size}`);
    const problem = linkProblem(link);
    if (problem !== undefined) throw invalidArgument(problem);
  }
}

/** What is wrong with a link, or undefined. */
function linkProblem({ workflowEvent, batchJob }: temporal.api.common.v1.Link): string | undefined {
  if (batchJob) return batchJob.jobId ? undefined : 'batch job link must not have an empty job ID';
  if (!workflowEvent) return 'unsupported link variant';
  const { namespace, workflowId, runId, eventRef } = workflowEvent;
  if (!namespace) return 'workflow event link must not have an empty namespace field';
  if (!workflowId) return 'workflow event link must not have an empty workflow ID field';
  if (!runId) return 'workflow event link must not have an empty run ID field';
  return eventRef?.eventId && !eventRef.eventType
    ? 'workflow event link ref cannot have an unspecified event type and a non-zero event ID'
    : undefined;
}

type Link = temporal.api.common.v1.Link;

/** The links of a request that none of its callbacks carries too. */
export function linksBesideCallbacks(request: {
  readonly links?: readonly Link[] | null | undefined;
  readonly completionCallbacks?: readonly temporal.api.common.v1.Callback[] | null | undefined;
}): Link[] {
  const textOf = (link: Link): string =>
    Buffer.from(encodeMessage('temporal.api.common.v1.Link', link)).toString('hex');
  const carried = (request.completionCallbacks ?? []).flatMap(({ nexus, links }) => (nexus ? (links ?? []) : []));
  const known = new Set(carried.map(textOf));
  return (request.links ?? []).filter((link) => !known.has(textOf(link)));
}
