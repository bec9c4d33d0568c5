/** What matching is asked for a worker that polls, and what the worker hears beside its task. */
import type { temporal } from '@reprise/proto';
import type { Poll, Polled, QueueKey } from '../../matching/matching.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';
import { readPollDeadline } from './poll-deadline.ts';
import type { PolledQueue } from './poll-request.ts';

type Request = Pick<
  temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest,
  'identity' | 'taskQueue' | 'deploymentOptions' | 'workerVersionCapabilities' | 'workerInstanceKey'
>;

/**
 * @param read looks at the rest of the request, after its namespace and its deadline
 * @throws ServiceError what `read` throws, or of the namespace or the deadline
 */
export function pollOf(
  ctx: RpcContext,
  request: Request,
  kind: QueueKey['kind'],
  read: (request: Request) => PolledQueue,
): Poll {
  const namespace = requireNamespace(ctx);
  const deadlineMs = readPollDeadline(ctx);
  const { name, normalName, version } = read(request);
  return {
    queue: { namespaceId: namespace.id, name, kind },
    normalName,
    identity: request.identity ?? '',
    deadlineMs,
    signal: ctx.call.signal,
    workerInstanceKey: request.workerInstanceKey ?? undefined,
    version,
    capabilities: request.workerVersionCapabilities ?? undefined,
  };
}

/** How many polls more or fewer would fit. */
export function scalingOf({ pollerDelta }: Polled): {
  pollerScalingDecision?: temporal.api.taskqueue.v1.PollerScalingDecision;
} {
  return pollerDelta === undefined ? {} : { pollerScalingDecision: { pollRequestDeltaSuggestion: pollerDelta } };
}
