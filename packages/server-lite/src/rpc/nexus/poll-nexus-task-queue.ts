import { requestAtPoll } from '../../system/nexus/nexus-message.ts';
import { pollOf, scalingOf } from '../task/poll-of.ts';
import { readPoll } from '../task/poll-request.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { writeNexusTaskToken } from './nexus-task-token.ts';

export const pollNexusTaskQueue: WorkflowHandler<'pollNexusTaskQueue'> = async (request, ctx) => {
  const poll = pollOf(ctx, request, 'nexus', readPoll);
  const { namespaceId } = poll.queue;
  for (const heartbeat of request.workerHeartbeat ?? []) ctx.system.workers.record(namespaceId, heartbeat);
  const polled = await ctx.matching.poll(poll);
  if (polled?.kind !== 'question' || polled.question.body.kind !== 'nexus') return {};
  const { body, deadlineMs: answerByMs } = polled.question;
  const taskToken = writeNexusTaskToken({ namespaceId, questionId: polled.id });
  return { taskToken, request: requestAtPoll(body.request, answerByMs - Date.now()), ...scalingOf(polled) };
};
