import { type temporal, WorkflowIdConflictPolicy } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { type Signal, signal } from '../execution/decide/signal.ts';
import { isRunning } from '../execution/execution.ts';
import { payloadsBytes } from '../execution/payload-size.ts';
import { admitStart } from '../execution/start-policy.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from './rpc.ts';
import { checkStart, newRunOf } from './start-request.ts';
import { byteLength } from './validate.ts';

type Request = temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;

export const signalWithStartWorkflowExecution: WorkflowHandler<'signalWithStartWorkflowExecution'> = async (
  request,
  ctx,
) => {
  const namespace = requireNamespace(ctx);
  checkSignalWithStart(ctx, request);
  const given = signalOf(request);
  const { run, started } = await ctx.engine.commit(() => {
    const current = ctx.engine.find(namespace.id, request.workflowId ?? '');
    const execution = current && ctx.engine.read(current);
    if (current && execution && request.requestId && current.createRequestId === request.requestId) {
      return { run: current, started: false };
    }
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

function checkSignalWithStart(ctx: RpcContext, request: Request): void {
  const most = ctx.config.get('limit.maxIDLength');
  if (!request.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (!request.signalName) throw invalidArgument('signal not set');
  if (byteLength(request.signalName) > most) {
    throw invalidArgument(`signal name exceeds maximum allowed length (${byteLength(request.signalName)}/${most})`);
  }
  if (!request.workflowType?.name) throw invalidArgument('workflow type not set');
  if (request.workflowIdConflictPolicy === WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL) {
    throw invalidArgument(
      'Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.',
    );
  }
  checkStart(ctx, request);
  if (payloadsBytes(request.signalInput) > ctx.config.get('limit.blobSize.error'))
    throw invalidArgument('Blob data size exceeds limit.');
}

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
