import { StatusCode, invalidArgument, ServiceError } from '../../errors.ts';
import { type temporal } from '@reprise/proto';
import { type Execution, isRunning } from '../../execution/execution.ts';
import { durationMs } from '../../execution/wire.ts';
import type { Namespace } from '../../system/namespaces.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { checkStart } from './start-checks.ts';
import type { StartRequest } from './start-request.ts';
import { startedLink, startNow, type Started } from './start-workflow-execution.ts';
import { checkExecution } from '../request-run.ts';
import { statusMessage } from '../status.ts';
import { requestedStage, wasAbortedByClosing } from '../update/update-progress.ts';
import { checkUpdate } from '../update/update-request.ts';
import { admitNow, updateResponse } from '../update/update-workflow-execution.ts';

type UpdateOperation = temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;

/** Update-with-Start: both, or neither. */
export const executeMultiOperation: WorkflowHandler<'executeMultiOperation'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const [first, second, ...more] = request.operations ?? [];
  const start = first?.startWorkflow;
  const update = second?.updateWorkflow;
  if (!start || !update || more.length > 0) throw invalidArgument('Operations have to be exactly [Start, Update].');
  const checks: (() => void)[] = [
    () => checkStartOperation(ctx, start, namespace),
    () => checkUpdateOperation(ctx, update, namespace),
  ];
  const problems: (ServiceError | undefined)[] = checks.map(problemOf);
  const isConsistent = start.workflowId === update.workflowExecution?.workflowId;
  if (problems[0] === undefined && problems[1] === undefined && !isConsistent) {
    problems[1] = invalidArgument('WorkflowId is not consistent with previous operation(s).');
  }
  if (problems.some((problem) => problem !== undefined))
    throw multiError(problems.map((problem) => problem ?? aborted));
  const both = { start, namespace, given: checkUpdate(ctx, update), stage: requestedStage(update.waitPolicy) };
  const once = await startAndUpdate(ctx, both);
  const ended = once.closed ? await startAndUpdate(ctx, both) : once;
  if (ended.closed) throw multiError([aborted, new ServiceError(StatusCode.ABORTED, ended.closed.message)]);
  return ended.response;
};

type Response = temporal.api.workflowservice.v1.ExecuteMultiOperationResponse;

interface Both {
  readonly start: StartRequest;
  readonly namespace: Namespace;
  readonly given: ReturnType<typeof checkUpdate>;
  readonly stage: ReturnType<typeof requestedStage>;
}

/** `closed` says that the workflow that was found, not started, closed before it took the update: another may take it. */
async function startAndUpdate(
  ctx: RpcContext,
  both: Both,
): Promise<{ response: Response; closed?: undefined } | { closed: ServiceError }> {
  const { started, wasRunning } = await apply(ctx, both);
  const { run } = started;
  let updated: Awaited<ReturnType<typeof updateResponse>>;
  try {
    updated = await updateResponse(ctx, { run, updateId: both.given.updateId, stage: both.stage });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (wasRunning && wasAbortedByClosing(error)) return { closed: error };
    throw multiError([wasRunning ? aborted : undefined, error]);
  }
  const link = startedLink(run);
  const shownLink = wasRunning ? { workflowEvent: { ...link.workflowEvent, namespace: '' } } : link;
  const status = ctx.engine.read(run).status as 1;
  const startWorkflow = { runId: run.runId, started: started.started, status, link: shownLink };
  return { response: { responses: [{ startWorkflow }, { updateWorkflow: updated }] } };
}

/** In one commit: the run that is started never is without its update. */
async function apply(
  ctx: RpcContext,
  { start, namespace, given }: Both,
): Promise<{ started: Started; wasRunning: boolean }> {
  try {
    return await ctx.engine.commit(() => {
      const current = ctx.engine.find(namespace.id, start.workflowId ?? '');
      if (current && hasTaken(ctx.engine.read(current), given.updateId)) {
        return { started: { run: current, started: false }, wasRunning: true };
      }
      const wasRunning = current !== undefined && isRunning(ctx.engine.read(current));
      const started = startNow(ctx, start, namespace);
      admitNow(ctx, started.run, given);
      const isSame = wasRunning && started.run.runId === current.runId;
      return { started: { ...started, started: started.started && !isSame }, wasRunning: isSame || !started.started };
    });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw multiError([error, aborted]);
  }
}

/** What never got as far as being accepted ended with its workflow. */
function hasTaken(execution: Execution, updateId: string): boolean {
  const update = execution.updates.get(updateId);
  if (!update) return false;
  return isRunning(execution) || update.state === 'accepted' || update.state === 'completed';
}

function problemOf(check: () => void): ServiceError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

function checkStartOperation(ctx: RpcContext, start: StartRequest, namespace: Namespace): void {
  checkNamespace(start, namespace);
  checkStart(ctx, start, namespace);
  if (start.cronSchedule) throw invalidArgument('CronSchedule is not allowed.');
  if (start.requestEagerExecution) throw invalidArgument('RequestEagerExecution is not supported.');
  if (durationMs(start.workflowStartDelay) > 0) throw invalidArgument('WorkflowStartDelay is not supported.');
}

function checkUpdateOperation(ctx: RpcContext, update: UpdateOperation, namespace: Namespace): void {
  checkNamespace(update, namespace);
  const { runId } = checkExecution(update.workflowExecution);
  checkUpdate(ctx, update);
  if (update.firstExecutionRunId) throw invalidArgument('FirstExecutionRunId is not allowed.');
  if (runId) throw invalidArgument('RunId is not allowed.');
}

function checkNamespace(operation: Pick<UpdateOperation, 'namespace'>, { name }: Namespace): void {
  if (operation.namespace && operation.namespace !== name) {
    throw invalidArgument("Operation namespace did not match request's namespace.");
  }
}

const aborted = new ServiceError(StatusCode.ABORTED, 'Operation was aborted.', {
  type: 'temporal.api.failure.v1.MultiOperationExecutionAborted',
  value: {},
});

/** The error's code is that of the first operation that failed by itself; the other was aborted for its sake, or is done. */
function multiError(problems: readonly (ServiceError | undefined)[]): ServiceError {
  const own = problems.find((problem) => problem !== undefined && problem !== aborted);
  const statuses = problems.map((problem) => (problem ? statusMessage(problem) : {}));
  return new ServiceError(own?.code ?? StatusCode.INTERNAL, 'Update-with-Start could not be executed.', {
    type: 'temporal.api.errordetails.v1.MultiOperationExecutionFailure',
    value: { statuses },
  });
}
