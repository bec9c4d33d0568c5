import type { temporal } from '@reprise/proto';
import { invalidArgument, notFound } from '../../errors.ts';
import { readNexusTaskToken } from './nexus-task-token.ts';
import { requireJsonDetails } from './nexus-failure-details.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { byteLength } from '../validate.ts';

export const respondNexusTaskCompleted: WorkflowHandler<'respondNexusTaskCompleted'> = async (request, ctx) => {
  const { namespaceId, questionId } = readNexusTaskToken(request.taskToken);
  if (ctx.namespace && ctx.namespace.id !== namespaceId) {
    throw invalidArgument('Operation requested with a token from a different namespace.');
  }
  checkStarted(request.response?.startOperation?.asyncSuccess);
  requireJsonDetails(request.response?.startOperation?.operationError?.failure);
  const answered = ctx.matching.answer(questionId, { kind: 'nexus', response: request.response ?? {} });
  if (!answered) throw notFound('Nexus task not found or already expired');
  return {};
};

const longestOperationToken = 4096;

function checkStarted(started: temporal.api.nexus.v1.StartOperationResponse.IAsync | null | undefined): void {
  if (!started) return;
  const token = started.operationToken || started.operationId || '';
  // Spelt as clients get it.
  if (token === '') throw invalidArgument('missing opration token in response');
  const bytes = byteLength(token);
  if (bytes > longestOperationToken) {
    throw invalidArgument(`operation token length exceeds allowed limit (${bytes}/${longestOperationToken})`);
  }
}
