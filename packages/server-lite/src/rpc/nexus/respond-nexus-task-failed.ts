import { invalidArgument, notFound } from '../../errors.ts';
import { readNexusTaskToken } from './nexus-task-token.ts';
import { requireJsonDetails } from './nexus-failure-details.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const respondNexusTaskFailed: WorkflowHandler<'respondNexusTaskFailed'> = async (request, ctx) => {
  const { namespaceId, questionId } = readNexusTaskToken(request.taskToken);
  if (ctx.namespace && ctx.namespace.id !== namespaceId) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  if (!request.error && !request.failure) throw invalidArgument('request must contain error or failure');
  requireJsonDetails(request.error?.failure);
  if (request.failure && !request.failure.nexusHandlerFailureInfo) {
    throw invalidArgument('request Failure must contain error or failure with NexusHandlerFailureInfo');
  }
  const answered = ctx.matching.answer(questionId, {
    kind: 'nexusFailed',
    error: request.error ?? undefined,
    failure: request.failure ?? undefined,
  });
  if (!answered) throw notFound('Nexus task not found or already expired');
  return {};
};
