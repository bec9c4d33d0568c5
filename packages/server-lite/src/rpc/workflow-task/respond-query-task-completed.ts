import { QueryResultType } from '@reprise/proto';
import { invalidArgument, notFound } from '../../errors.ts';
import { payloadsBytes } from '../../execution/payload-size.ts';
import { readQueryToken } from './query-task.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { requestToken } from '../task/token-run.ts';

const { QUERY_RESULT_TYPE_ANSWERED: answer, QUERY_RESULT_TYPE_FAILED: failure } = QueryResultType;

export const respondQueryTaskCompleted: WorkflowHandler<'respondQueryTaskCompleted'> = async (request, ctx) => {
  const token = readQueryToken(request.taskToken);
  if (!token) {
    requestToken(ctx, request.taskToken);
    throw notFound('query task not found, or already expired');
  }
  if (ctx.namespace && requireNamespace(ctx).id !== token.namespaceId) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  const isTooLarge = payloadsBytes(request.queryResult) > ctx.config.get('limit.blobSize.error');
  const { completedType } = request;
  // What is neither an answer nor a failure answers nothing: the caller waits on.
  if (!isTooLarge && completedType !== answer && completedType !== failure) return {};
  const told = isTooLarge ? { completedType: failure, errorMessage: 'Blob data size exceeds limit.' } : request;
  const answered = ctx.matching.answer(token.questionId, { kind: 'query', request: told });
  if (!answered) throw notFound('query task not found, or already expired');
  return {};
};
