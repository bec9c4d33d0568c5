import { invalidArgument, notFound } from '../errors.ts';
import { readNexusToken } from './nexus-token.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const respondNexusTaskFailed: WorkflowHandler<'respondNexusTaskFailed'> = async (request, ctx) => {
  const { namespaceId, questionId } = readNexusToken(request.taskToken);
  if (namespaceId !== requireNamespace(ctx).id) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  const answered = ctx.matching.answer(questionId, {
    kind: 'nexusFailed',
    error: request.error ?? undefined,
    failure: request.failure ?? undefined,
  });
  if (!answered) throw notFound('nexus task not found or already expired');
  return {};
};
