import type { WorkflowExecutionStatus } from '@reprise/proto';
import { EventType, type temporal } from '@reprise/proto';
import { startWorkflowTask } from '../../execution/decide/start-workflow-task.ts';
import { scheduleWorkflowTask } from '../../execution/decide/schedule-workflow-task.ts';
import { isRunning } from '../../execution/execution.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import { admitStart } from '../../execution/start-policy.ts';
import type { Namespace } from '../../system/namespaces.ts';
import { attachToExisting } from './attach-to-existing.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { checkStart } from './start-checks.ts';
import { newRunOf, type StartRequest } from './start-request.ts';
import { workflowTaskResponse } from '../workflow-task/workflow-task-response.ts';

type Response = temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;

export const startWorkflowExecution: WorkflowHandler<'startWorkflowExecution'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  checkStart(ctx, request, namespace);
  const { run, started, attached } = await ctx.engine.commit(() => startNow(ctx, request, namespace));
  const execution = ctx.engine.read(run);
  return {
    runId: run.runId,
    started,
    status: execution.status as WorkflowExecutionStatus,
    link: attached ? requestLink(run, attached) : startedLink(run),
    ...(started ? eagerTask(ctx, run, request) : {}),
  };
};

export interface Started {
  readonly run: RunRef;
  readonly started: boolean;
  /** The request id under which the request joined a run that was there already. */
  readonly attached?: string;
}

/** Starts, or finds what the request has started before or is content with. */
export function startNow(ctx: RpcContext, request: StartRequest, namespace: Namespace): Started {
  const current = ctx.engine.find(namespace.id, request.workflowId ?? '');
  if (current && request.requestId && ctx.engine.read(current).requests.has(request.requestId)) {
    const known = ctx.engine.read(current).requests.get(request.requestId);
    if (known?.eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED) return { run: current, started: true };
    return { run: current, started: false, attached: request.requestId };
  }
  const newRun = newRunOf(ctx, { request, namespace, runId: ctx.random.uuid() });
  const wantsEager = isEager(ctx, request);
  const attributes = wantsEager ? { ...newRun.attributes, eagerExecutionAccepted: true } : newRun.attributes;
  const existing = admitStart(ctx.engine, current, {
    newRun,
    reusePolicy: request.workflowIdReusePolicy ?? 0,
    conflictPolicy: request.workflowIdConflictPolicy ?? 0,
  });
  if (existing) {
    const attached = attachToExisting(ctx, existing, request);
    return { run: existing, started: false, ...(attached === undefined ? {} : { attached }) };
  }
  const run = ctx.engine.create(
    { ...newRun, attributes },
    wantsEager
      ? (t) => {
          scheduleWorkflowTask(t);
          startWorkflowTask(t, { requestId: newRun.createRequestId, identity: request.identity ?? '' });
        }
      : undefined,
  );
  return { run, started: true };
}

function isEager(ctx: RpcContext, request: StartRequest): boolean {
  const delays = Boolean(request.workflowStartDelay) || Boolean(request.cronSchedule);
  return request.requestEagerExecution === true && !delays && ctx.config.get('system.enableEagerWorkflowStart');
}

function eagerTask(ctx: RpcContext, run: RunRef, request: StartRequest): Pick<Response, 'eagerWorkflowTask'> {
  const execution = ctx.engine.read(run);
  const { task } = execution;
  if (!execution.started.eagerExecutionAccepted || !isRunning(execution)) return {};
  const isOwn = !request.requestId || task?.kind !== 'started' || task.requestId === request.requestId;
  if (task?.kind !== 'started' || task.attempt !== 1 || !isOwn) return {};
  // The type is told as this request has it, also when it is sent again with another one.
  const { workflowType } = request;
  return { eagerWorkflowTask: { ...workflowTaskResponse(ctx, { run, task, isSticky: false }), workflowType } };
}

export const startedLink = (run: RunRef): temporal.api.common.v1.Link => ({
  workflowEvent: {
    namespace: run.namespace,
    workflowId: run.workflowId,
    runId: run.runId,
    eventRef: { eventId: 1, eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED },
  },
});

export const requestLink = (run: RunRef, requestId: string): temporal.api.common.v1.Link => ({
  workflowEvent: {
    namespace: run.namespace,
    workflowId: run.workflowId,
    runId: run.runId,
    requestIdRef: { requestId, eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED },
  },
});
