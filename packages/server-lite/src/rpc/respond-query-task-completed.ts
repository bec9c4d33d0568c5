import { invalidArgument, notFound } from '../errors.ts';
import { readQueryToken } from './query-task.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { readTaskToken } from './task-token.ts';

export const respondQueryTaskCompleted: WorkflowHandler<'respondQueryTaskCompleted'> = async (request, ctx) => {
  const token = readQueryToken(request.taskToken);
  if (!token) {
    readTaskToken(request.taskToken);
    throw notFound('query task not found, or already expired');
  }
  if (ctx.namespace && requireNamespace(ctx).id !== token.namespaceId) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  const answered = ctx.matching.answer(token.questionId, { kind: 'query', request });
  if (!answered) throw notFound('query task not found, or already expired');
  return {};
};
