import { ActivityIdConflictPolicy, ActivityIdReusePolicy } from '@reprise/proto';
import { activityAlreadyStarted, invalidArgument } from '../../errors.ts';
import { startStandalone } from '../../execution/decide/standalone.ts';
import { isRunning } from '../../execution/execution.ts';
import { standaloneEnds } from '../../execution/standalone.ts';
import type { RunRow } from '../../store/store.ts';
import { type ActivityStartRequest, checkActivityStart, standaloneStart } from './activity-start-request.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';

const {
  ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE: allowDuplicate,
  ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY: allowAfterFailure,
  ACTIVITY_ID_REUSE_POLICY_REJECT_DUPLICATE: rejectDuplicate,
} = ActivityIdReusePolicy;
const { ACTIVITY_ID_CONFLICT_POLICY_FAIL: fail, ACTIVITY_ID_CONFLICT_POLICY_USE_EXISTING: useExisting } =
  ActivityIdConflictPolicy;

export const startActivityExecution: WorkflowHandler<'startActivityExecution'> = async (request, ctx) => {
  checkActivityStart(ctx, request);
  const reuse = request.idReusePolicy || allowDuplicate;
  const conflict = request.idConflictPolicy || fail;
  const policies = { reuse, conflict };
  if (![allowDuplicate, allowAfterFailure, rejectDuplicate].includes(reuse)) {
    throw invalidArgument(`unsupported ID reuse policy: ${reuse}`);
  }
  if (![fail, useExisting].includes(conflict)) throw invalidArgument(`unsupported ID conflict policy: ${conflict}`);
  return await ctx.engine.commit(() => startNow(ctx, request, policies));
};

interface Policies {
  readonly reuse: number;
  readonly conflict: number;
}

function startNow(ctx: RpcContext, request: ActivityStartRequest, policies: Policies) {
  const { id: namespaceId, name: namespace } = requireNamespace(ctx);
  const workflowId = request.activityId ?? '';
  const current = ctx.engine.find(namespaceId, workflowId, '', 'activity');
  if (current && answersStart(ctx, current, { request, policies })) return { runId: current.runId };
  const start = standaloneStart(ctx, request);
  const runId = ctx.random.uuid();
  const createRequestId = request.requestId || ctx.random.uuid();
  ctx.engine.createWith(
    { run: { kind: 'activity', namespaceId, namespace, workflowId, runId }, createRequestId },
    (t) => startStandalone(t, start),
  );
  return { runId, started: true };
}

/**
 * Whether the run that is there answers the request; if not, another may be started.
 *
 * @throws ServiceError ALREADY_EXISTS
 */
function answersStart(
  ctx: RpcContext,
  current: RunRow,
  { request, policies }: { request: ActivityStartRequest; policies: Policies },
): boolean {
  if (request.requestId && request.requestId === current.createRequestId) return true;
  const execution = ctx.engine.read(current);
  const refusal = activityAlreadyStarted({ startRequestId: current.createRequestId, runId: current.runId });
  if (isRunning(execution)) {
    // What the request says of conflicts changes nothing: the service has no use for it yet either.
    if (policies.conflict === useExisting) return true;
    throw refusal;
  }
  const hasCompleted = execution.status === standaloneEnds.completed.status;
  const isFree = policies.reuse === allowDuplicate || (policies.reuse === allowAfterFailure && !hasCompleted);
  if (!isFree) throw refusal;
  return false;
}
