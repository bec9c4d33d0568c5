import { requestAtPoll } from '../../system/nexus/nexus-message.ts';
import { readPollDeadline } from '../task/poll-deadline.ts';
import { readPoll } from '../task/poll-request.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { writeNexusTaskToken } from './nexus-task-token.ts';

export const pollNexusTaskQueue: WorkflowHandler<'pollNexusTaskQueue'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const deadlineMs = readPollDeadline(ctx);
  const { name, version } = readPoll(request);
  for (const heartbeat of request.workerHeartbeat ?? []) ctx.system.workers.record(namespace.id, heartbeat);
  const polled = await ctx.matching.poll({
    queue: { namespaceId: namespace.id, name, kind: 'nexus' },
    identity: request.identity ?? '',
    deadlineMs,
    signal: ctx.call.signal,
    workerInstanceKey: request.workerInstanceKey ?? undefined,
    version,
    capabilities: request.workerVersionCapabilities ?? undefined,
  });
  if (polled?.kind !== 'question' || polled.question.body.kind !== 'nexus') return {};
  const { body, deadlineMs: answerByMs } = polled.question;
  const taskToken = writeNexusTaskToken({ namespaceId: namespace.id, questionId: polled.id });
  const scaling =
    polled.pollerDelta === undefined
      ? {}
      : { pollerScalingDecision: { pollRequestDeltaSuggestion: polled.pollerDelta } };
  return { taskToken, request: requestAtPoll(body.request, answerByMs - Date.now()), ...scaling };
};
