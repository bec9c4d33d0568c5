/** A query that goes to a worker by itself, outside any workflow task. */
import { TaskQueueKind, type temporal } from '@reprise/proto';
import type { Polled } from '../../matching/matching.ts';
import { readPage, writeHistoryToken } from '../history/history-page.ts';
import type { RpcContext } from '../rpc.ts';

type Response = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;

const prefix = 'query/';
const pageBatches = 256;

export const writeQueryToken = (namespaceId: string, questionId: string): Uint8Array =>
  Buffer.from(`${prefix}${namespaceId}/${questionId}`);

/** Undefined when it is no token of a query. */
export function readQueryToken(
  token: Uint8Array | null | undefined,
): { namespaceId: string; questionId: string } | undefined {
  const text = Buffer.from(token ?? []).toString();
  const [namespaceId, questionId] = text.slice(prefix.length).split('/');
  return text.startsWith(prefix) && namespaceId && questionId ? { namespaceId, questionId } : undefined;
}

/** Undefined when the run is gone. */
export function directQueryResponse(
  ctx: RpcContext,
  { id, question }: Extract<Polled, { kind: 'question' }>,
  isSticky: boolean,
): Response | undefined {
  const { body } = question;
  if (body.kind !== 'query') return undefined;
  const run = ctx.engine.find(body.namespaceId, body.workflowId, body.runId);
  if (!run) return undefined;
  const execution = ctx.engine.read(run);
  const page = isSticky
    ? { events: [], nextEventId: 0 }
    : readPage(ctx, run, { fromEventId: 1, endEventId: 0, limit: pageBatches });
  const token = {
    workflowId: run.workflowId,
    runId: run.runId,
    nextEventId: page.nextEventId,
    endEventId: 0,
    withQuiet: false,
  };
  return {
    taskToken: writeQueryToken(body.namespaceId, id),
    workflowExecution: { workflowId: run.workflowId, runId: run.runId },
    workflowType: execution.started.workflowType ?? {},
    previousStartedEventId: execution.lastStartedEventId,
    attempt: 1,
    query: body.query,
    history: { events: page.events },
    ...(page.nextEventId > 0 ? { nextPageToken: writeHistoryToken(token) } : {}),
    workflowExecutionTaskQueue: { name: execution.options.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
  };
}
