import type { temporal } from '@reprise/proto';
import { noteTaker } from '../../execution/decide/move-version.ts';
import { noteTarget } from '../../execution/decide/note-target.ts';
import { startWorkflowTask, type WorkflowTaskStart } from '../../execution/decide/start-workflow-task.ts';
import type { DispatchWorkflowTask } from '../../execution/effects.ts';
import { isRunning } from '../../execution/execution.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { StartedTask } from '../../execution/workflow-task-state.ts';
import type { DeploymentVersion, Polled } from '../../matching/matching.ts';
import { pollOf, scalingOf } from '../task/poll-of.ts';
import { readWorkflowPoll } from '../task/poll-request.ts';
import { polledWorkerVersion } from '../task/poll-version.ts';
import { directQueryResponse } from './query-task.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';
import { workflowTaskResponse } from './workflow-task-response.ts';

interface Poller extends Pick<WorkflowTaskStart, 'identity' | 'workerVersion'> {
  readonly version: DeploymentVersion | undefined;
}

type Response = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;

export const pollWorkflowTaskQueue: WorkflowHandler<'pollWorkflowTaskQueue'> = async (request, ctx) => {
  const poll = pollOf(ctx, request, 'workflow', readWorkflowPoll);
  const isSticky = poll.normalName !== undefined;
  const poller = { identity: poll.identity, version: poll.version, workerVersion: polledWorkerVersion(request) };
  for (;;) {
    const polled = await ctx.matching.poll(poll);
    if (!polled) return {};
    const response =
      polled.kind === 'question'
        ? directQueryResponse(ctx, polled, isSticky)
        : await takeTask(ctx, polled, { ...poller, isSticky });
    if (response) return { ...response, backlogCountHint: polled.backlogCount, ...scalingOf(polled) };
  }
};

/** Undefined when the task is not wanted any more. */
async function takeTask(
  ctx: RpcContext,
  { task: { ref } }: Extract<Polled, { kind: 'task' }>,
  { isSticky, ...poller }: Poller & { isSticky: boolean },
): Promise<Response | undefined> {
  if (ref.kind !== 'dispatchWorkflowTask') return undefined;
  const task = await ctx.engine.commit(() => startIfValid(ctx, ref, { ...poller, fromNormalQueue: !isSticky }));
  if (!task) return undefined;
  const queries = ctx.system.queries.takeBuffered(ref.run);
  return workflowTaskResponse(ctx, { run: ref.run, task, isSticky, queries });
}

function startIfValid(
  ctx: RpcContext,
  ref: DispatchWorkflowTask,
  poller: Poller & { fromNormalQueue: boolean },
): StartedTask | undefined {
  const run = ctx.engine.find(ref.run.namespaceId, ref.run.workflowId, ref.run.runId);
  if (!run) return undefined;
  return ctx.engine.transact(run, (t) => {
    const { task } = t.execution;
    const isWanted =
      isRunning(t.execution) && task?.kind === 'scheduled' && task.stamp === ref.stamp && task.attempt === ref.attempt;
    if (!isWanted) return undefined;
    const { version, ...taker } = poller;
    // A task that may never have been moves nothing.
    if (task.type !== 'speculative') noteTaker(t, version, revisionOf(ctx, run, version));
    return startWorkflowTask(t, {
      ...taker,
      requestId: ctx.random.uuid(),
      targetChanged: noteTarget(t, targetOf(ctx, ref)),
    });
  });
}

function revisionOf(ctx: RpcContext, run: RunRef, version: DeploymentVersion | undefined): number | undefined {
  return version && ctx.system.deployments.get(run.namespaceId, version.deploymentName)?.routing.revision;
}

/** Where the deployment of a pinned run would have it go, were it free to. */
function targetOf(
  ctx: RpcContext,
  { run, routing, taskQueue, normalName }: DispatchWorkflowTask,
): DeploymentVersion | undefined {
  if (routing?.behavior !== 'pinned') return undefined;
  const queue = { namespaceId: run.namespaceId, name: normalName ?? taskQueue, kind: 'workflow' as const };
  return ctx.system.deployments.destination(queue, { behavior: 'autoUpgrade', workflowId: run.workflowId });
}
