import { QueryRejectCondition, QueryResultType, type temporal, WorkflowExecutionStatus } from '@reprise/proto';
import {
  deadlineExceeded,
  failedPrecondition,
  invalidArgument,
  queryFailed,
  resourceExhausted,
  ServiceError,
  StatusCode,
  workflowNotReady,
} from '../../errors.ts';
import { type Execution, isRunning } from '../../execution/execution.ts';
import { payloadsBytes } from '../../execution/payload-size.ts';
import { durationMs } from '../../execution/wire.ts';
import { routingOf } from '../../execution/follow-up.ts';
import type { RunRow } from '../../store/store.ts';
import { checkExecution, requestRun } from '../request-run.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';

type Query = temporal.api.query.v1.WorkflowQuery;
type Payloads = temporal.api.common.v1.Payloads;

const busyWorkflow = 5;
const failingAttempt = 3;
const defaultWaitMs = 30_000;

export const queryWorkflow: WorkflowHandler<'queryWorkflow'> = async (request, ctx) => {
  if (ctx.config.get('system.disallowQuery')) {
    throw invalidArgument('Namespace is not allowed to query, please contact temporal team to re-enable queries.');
  }
  checkExecution(request.execution);
  if (!request.query) throw invalidArgument('WorkflowQuery is not set on request.');
  if (!request.query.queryType) throw invalidArgument('QueryType is not set on request.');
  if (payloadsBytes(request.query.queryArgs) > ctx.config.get('limit.blobSize.error'))
    throw invalidArgument('Blob data size exceeds limit.');
  const run = requestRun(ctx, request.execution);
  const rejected = rejection(ctx.engine.read(run), request.queryRejectCondition ?? 0);
  if (rejected !== undefined) return { queryRejected: { status: rejected } };
  const deadlineMs = ctx.call.deadlineMs ?? Date.now() + defaultWaitMs;
  requireFirstTask(ctx, run, deadlineMs);
  const queryResult = await answer(ctx, run, { query: request.query, deadlineMs });
  return queryResult ? { queryResult } : {};
};

function rejection(execution: Execution, condition: number): WorkflowExecutionStatus | undefined {
  if (isRunning(execution)) return undefined;
  const status = execution.status as WorkflowExecutionStatus;
  if (condition === QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN) return status;
  const isClean = status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
  return condition === QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY && !isClean
    ? status
    : undefined;
}

/** Before its first task a workflow has nothing to tell; the question may ride on that task, if it comes in time. */
function requireFirstTask(ctx: RpcContext, run: RunRow, deadlineMs: number): void {
  const execution = ctx.engine.read(run);
  if (execution.lastCompletedEventId > 0) return;
  if (!isRunning(execution)) throw workflowNotReady('Workflow execution closed before WorkflowTaskStarted event');
  if (execution.task) return;
  const firstTaskMs = execution.startTimeMs + durationMs(execution.started.firstWorkflowTaskBackoff);
  if (firstTaskMs - ctx.clock.now() > deadlineMs - Date.now())
    throw workflowNotReady('Workflow task is not scheduled yet.');
}

async function answer(
  ctx: RpcContext,
  run: RunRow,
  ask: { query: Query; deadlineMs: number },
): Promise<Payloads | undefined> {
  const execution = ctx.engine.read(run);
  const { task } = execution;
  const hasCompleted = execution.lastCompletedEventId > 0;
  if (!isRunning(execution) || (!task && hasCompleted)) return await askDirectly(ctx, run, ask);
  if (task && task.attempt >= failingAttempt)
    throw workflowNotReady('Unable to query workflow due to Workflow Task in failed state.');
  if (ctx.system.queries.count(run) >= ctx.config.get('history.MaxBufferedQueryCount')) {
    throw resourceExhausted(
      'consistent query buffer is full, this may be caused by too many queries and workflow not able to process query fast enough',
      { cause: busyWorkflow },
    );
  }
  return await askWithTask(ctx, run, ask);
}

async function askWithTask(
  ctx: RpcContext,
  run: RunRow,
  ask: { query: Query; deadlineMs: number },
): Promise<Payloads | undefined> {
  const { ended, withdraw } = ctx.system.queries.add(run, ctx.random.uuid(), ask.query);
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<'timeUp'>((resolve) => {
    // At once, so that the caller's next question finds room.
    const giveUp = (): void => {
      withdraw();
      resolve('timeUp');
    };
    timer = setTimeout(giveUp, Math.max(0, ask.deadlineMs - Date.now()));
    ctx.call.signal.addEventListener('abort', giveUp, { once: true });
  });
  const end = await Promise.race([ended, timeUp]);
  clearTimeout(timer);
  if (end === 'timeUp') throw deadlineExceeded('query timed out before a worker could process it');
  if (end.kind === 'failed') throw end.error;
  if (end.kind === 'askDirectly') return await askDirectly(ctx, run, ask);
  const { resultType, answer: payloads, errorMessage, failure } = end.result;
  if (resultType === QueryResultType.QUERY_RESULT_TYPE_ANSWERED) return checked(ctx, payloads);
  throw queryFailed(errorMessage ?? '', failure ?? undefined);
}

async function askDirectly(
  ctx: RpcContext,
  run: RunRow,
  { query, deadlineMs }: { query: Query; deadlineMs: number },
): Promise<Payloads | undefined> {
  const execution = ctx.engine.read(run);
  const sticky = ctx.config.get('system.enableStickyQuery') ? execution.sticky : undefined;
  const asked = await ctx.matching.ask({
    queue: { namespaceId: run.namespaceId, name: sticky?.name ?? execution.options.taskQueue, kind: 'workflow' },
    normalName: sticky?.normalName,
    routing: routingOf(execution),
    body: { kind: 'query', namespaceId: run.namespaceId, workflowId: run.workflowId, runId: run.runId, query },
    deadlineMs,
    signal: ctx.call.signal,
  });
  if (asked.kind === 'answered' && asked.answer.kind === 'query') {
    const { completedType, queryResult, errorMessage, failure } = asked.answer.request;
    if (completedType === QueryResultType.QUERY_RESULT_TYPE_ANSWERED) return checked(ctx, queryResult);
    throw queryFailed(errorMessage ?? '', failure ?? undefined);
  }
  if (asked.kind === 'timedOut' && !asked.pollerSeen) {
    throw failedPrecondition('no poller seen for task queue recently, worker may be down');
  }
  throw new ServiceError(StatusCode.DEADLINE_EXCEEDED, 'query timed out before a worker could process it');
}

function checked(ctx: RpcContext, payloads: Payloads | null | undefined): Payloads | undefined {
  if (payloadsBytes(payloads) <= ctx.config.get('limit.blobSize.error')) return payloads ?? undefined;
  throw queryFailed('Blob data size exceeds limit.');
}
