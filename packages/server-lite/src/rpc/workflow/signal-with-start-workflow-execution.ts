import { type temporal, WorkflowIdConflictPolicy } from '@reprise/proto';
import { type Signal, signal } from '../../execution/decide/signal.ts';
import { isRunning } from '../../execution/execution.ts';
import { admitStart } from '../../execution/start-policy.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { checkSignalWithStart } from './start-checks.ts';
import { newRunOf } from './start-request.ts';

type Request = temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;

export const signalWithStartWorkflowExecution: WorkflowHandler<'signalWithStartWorkflowExecution'> = async (
  request,
  ctx,
) => {
  const namespace = requireNamespace(ctx);
  checkSignalWithStart(ctx, request, namespace);
  const given = signalOf(request);
  const { run, started } = await ctx.engine.commit(() => {
    const current = ctx.engine.find(namespace.id, request.workflowId ?? '');
    const execution = current && ctx.engine.read(current);
    const conflictPolicy =
      request.workflowIdConflictPolicy || WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
    const newRun = newRunOf(ctx, { request, namespace, runId: ctx.random.uuid() });
    const reusePolicy = request.workflowIdReusePolicy ?? 0;
    const terminates = reusePolicy === 4 && execution !== undefined && isRunning(execution);
    const existing = admitStart(ctx.engine, current, {
      newRun,
      reusePolicy,
      conflictPolicy: terminates ? 0 : conflictPolicy,
    });
    if (existing) {
      ctx.engine.transact(existing, (t) => signal(t, { ...given, endsBackoff: true }));
      return { run: existing, started: false };
    }
    const run = ctx.engine.create(newRun, (t) => {
      t.note({ kind: 'signalSeen', requestId: given.requestId || ctx.random.uuid() });
      t.record('signaled', given.attributes, { links: given.links });
    });
    return { run, started: true };
  });
  return { runId: run.runId, started };
};

function signalOf(request: Request): Signal {
  const { signalInput, identity, header, links } = request;
  return {
    requestId: request.requestId ?? '',
    links,
    attributes: {
      signalName: request.signalName ?? '',
      ...(signalInput ? { input: signalInput } : {}),
      ...(identity ? { identity } : {}),
      ...(header ? { header } : {}),
    },
  };
}
