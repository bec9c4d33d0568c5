import type { temporal } from '@reprise/proto';
import type { Activity } from '../../execution/activity-state.ts';
import type { DispatchActivityTask } from '../../execution/effects.ts';
import { mayStartActivity, type Route } from '../../execution/decide/move-version.ts';
import { type Execution, isRunning } from '../../execution/execution.ts';
import { routingOf } from '../../execution/follow-up.ts';
import type { DeploymentVersion, Poll } from '../../matching/matching.ts';
import { activityTaskResponse } from './activity-response.ts';
import { pollOf, scalingOf } from '../task/poll-of.ts';
import { readPoll } from '../task/poll-request.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';

type Response = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;

export const pollActivityTaskQueue: WorkflowHandler<'pollActivityTaskQueue'> = async (request, ctx) => {
  const rate = request.taskQueueMetadata?.maxTasksPerSecond;
  const maxTasksPerSecond = rate ? (rate.value ?? 0) : undefined;
  const poll = { ...pollOf(ctx, request, 'activity', readPoll), maxTasksPerSecond };
  for (;;) {
    const polled = await ctx.matching.poll(poll);
    if (!polled) return {};
    if (polled.kind !== 'task' || polled.task.ref.kind !== 'dispatchActivityTask') continue;
    const response = await take(ctx, polled.task.ref, poll);
    if (response) return { ...response, ...scalingOf(polled) };
  }
};

/** Undefined when the attempt is not wanted any more. */
async function take(
  ctx: RpcContext,
  ref: DispatchActivityTask,
  { identity, version }: Pick<Poll, 'identity' | 'version'>,
): Promise<Response | undefined> {
  const run = ctx.engine.find(ref.run.namespaceId, ref.run.workflowId, ref.run.runId, ref.run.kind);
  if (!run) return undefined;
  const activity = await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t): Activity | undefined => {
      const { scheduledEventId } = ref;
      const waiting = t.execution.activities.get(scheduledEventId);
      const isWanted =
        isRunning(t.execution) &&
        waiting?.state === 'scheduled' &&
        waiting.attempt === ref.attempt &&
        waiting.stamp === ref.stamp &&
        !waiting.pause;
      if (!isWanted || !mayStartActivity(t, version, () => routeOf(ctx, t.execution, version))) return undefined;
      const started = { requestId: ctx.random.uuid(), identity, timeMs: t.nowMs, ...(version ? { version } : {}) };
      t.note({ kind: 'activityStarted', scheduledEventId, started });
      return t.execution.activities.get(scheduledEventId);
    }),
  );
  return activity && activityTaskResponse(ctx, run, activity);
}

/** Where a workflow task of the run would go, by the routing of the deployment of who is about to start an activity. */
function routeOf({ system }: RpcContext, execution: Execution, version: DeploymentVersion | undefined): Route {
  const { run, options } = execution;
  const queue = { namespaceId: run.namespaceId, name: options.taskQueue, kind: 'workflow' as const };
  const target = system.deployments.destination(queue, routingOf(execution));
  const deployment = version && system.deployments.get(run.namespaceId, version.deploymentName);
  return { target, revision: deployment?.routing.revision ?? 0 };
}
