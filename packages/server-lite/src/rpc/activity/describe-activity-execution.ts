import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { Execution } from '../../execution/execution.ts';
import { ownActivity } from '../../execution/own-activity.ts';
import type { RunRow } from '../../store/store.ts';
import { activityExecutionInfo } from './activity-execution-info.ts';
import { checkActivityRequest, requestedActivity } from './activity-request.ts';
import { activityPollOptions } from '../long-poll.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';

type Request = temporal.api.workflowservice.v1.DescribeActivityExecutionRequest;
type Response = temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;

/** With a token it waits until something has changed since the answer that the token came with; empty when nothing has. */
export const describeActivityExecution: WorkflowHandler<'describeActivityExecution'> = async (request, ctx) => {
  checkActivityRequest(ctx, { activityId: request.activityId });
  const token = request.longPollToken?.length ? request.longPollToken : undefined;
  if (token && !request.runId) throw invalidArgument('run id is required when long poll token is provided');
  checkActivityRequest(ctx, request);
  const run = requestedActivity(ctx, request);
  if (token && !(await hasChanged(ctx, run, readToken(token)))) return {};
  return description(ctx.engine.read(run), request);
};

async function hasChanged(ctx: RpcContext, run: RunRow, since: ChangeToken): Promise<boolean> {
  if (since.runId !== run.runId) throw invalidArgument('long poll token does not match execution');
  const options = activityPollOptions(ctx);
  while (ctx.engine.read(run).transitionCount === since.transitionCount) {
    if (!(await ctx.engine.waiters.changed(run.key, options))) return false;
  }
  return true;
}

function description(execution: Execution, request: Request): Response {
  const { activity, standalone } = ownActivity(execution);
  const { input } = activity.attributes;
  const response: Response = {
    runId: execution.run.runId,
    info: activityExecutionInfo(execution),
    longPollToken: writeToken({ runId: execution.run.runId, transitionCount: execution.transitionCount }),
  };
  if (request.includeInput && input) response.input = input;
  if (request.includeOutcome && standalone.close) response.outcome = standalone.close.outcome;
  return response;
}

interface ChangeToken {
  readonly runId: string;
  readonly transitionCount: number;
}

const writeToken = ({ runId, transitionCount }: ChangeToken): Uint8Array =>
  Buffer.from(JSON.stringify([runId, transitionCount]));

function readToken(bytes: Uint8Array): ChangeToken {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    parts = undefined;
  }
  if (Array.isArray(parts) && typeof parts[0] === 'string' && typeof parts[1] === 'number') {
    return { runId: parts[0], transitionCount: parts[1] };
  }
  throw invalidArgument('invalid long poll token');
}
