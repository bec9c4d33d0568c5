/** Checks of a request to start an activity of its own, in the service's order and words, and what it is scheduled by. */
import { EventType, TaskQueueKind, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { completedTimeouts, timeoutProblem } from '../../execution/decide/command/activity-options.ts';
import { payloadsBytes } from '../../execution/payload-size.ts';
import { completedPolicy, policyProblem } from '../../execution/retry.ts';
import type { StandaloneStart } from '../../execution/standalone.ts';
import { type ActivityScheduledAttributes, durationMs, type Payload } from '../../execution/wire.ts';
import { checkUserMetadata } from '../check-user-metadata.ts';
import { checkLength, requireStandalone } from './activity-request.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';
import { byteLength, requireWorkQueue } from '../validate.ts';

export type ActivityStartRequest = temporal.api.workflowservice.v1.StartActivityExecutionRequest;

const longestFairnessKey = 64;

function checkPriority(priority: ActivityStartRequest['priority']): void {
  if (!priority) return;
  const problem = (text: string) => invalidArgument(`invalid priorities: ${text}`);
  if ((priority.priorityKey ?? 0) < 0) throw problem("priority key can't be negative");
  if (byteLength(priority.fairnessKey ?? '') > longestFairnessKey) throw problem('fairness key length exceeds limit');
  if ((priority.fairnessWeight ?? 0) < 0) throw problem('must be greater than zero');
}

/**
 * Callbacks are let through and not called, as in this release of the service.
 *
 * @throws ServiceError INVALID_ARGUMENT, UNIMPLEMENTED
 */
export function checkActivityStart(ctx: RpcContext, request: ActivityStartRequest): void {
  requireStandalone(ctx);
  requireWorkQueue(request.taskQueue);
  if (!request.activityId) throw invalidArgument('activityId is not set');
  if (!request.activityType?.name) throw invalidArgument('activityType is not set');
  const problem = policyProblem(completedPolicy(request.retryPolicy));
  if (problem !== undefined) throw invalidArgument(problem);
  checkLength(ctx, 'activityId', request.activityId);
  checkLength(ctx, 'activityType', request.activityType.name);
  checkPriority(request.priority);
  const timeouts = timeoutProblem(request);
  if (timeouts !== undefined) throw invalidArgument(timeouts);
  if (durationMs(request.startDelay) < 0) throw invalidArgument('invalid StartDelay: negative duration');
  checkLength(ctx, 'request ID', request.requestId);
  checkLength(ctx, 'identity', request.identity);
  if (payloadsBytes(request.input) > ctx.config.get('limit.blobSize.error')) {
    throw invalidArgument('input exceeds length limit');
  }
  checkUserMetadata(ctx, request.userMetadata);
  ctx.searchAttributes.validate(requireNamespace(ctx), request.searchAttributes?.indexedFields ?? {});
}

/** @throws ServiceError INVALID_ARGUMENT for search attributes that are none */
export function standaloneStart(ctx: RpcContext, request: ActivityStartRequest): StandaloneStart {
  const attributes: ActivityScheduledAttributes = {
    activityId: request.activityId ?? '',
    activityType: request.activityType ?? {},
    taskQueue: { name: request.taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    ...completedTimeouts(request, 0),
    retryPolicy: completedPolicy(request.retryPolicy),
    ...(request.header ? { header: request.header } : {}),
    ...(request.input ? { input: request.input } : {}),
    ...(request.priority ? { priority: request.priority } : {}),
  };
  const given: Record<string, Payload> = request.searchAttributes?.indexedFields ?? {};
  return {
    scheduled: {
      eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      eventId: 1,
      activityTaskScheduledEventAttributes: attributes,
    },
    searchAttributes: ctx.searchAttributes.validate(requireNamespace(ctx), given),
    givenAttributes: given,
    userMetadata: request.userMetadata ?? undefined,
    links: request.links ?? [],
    delayMs: durationMs(request.startDelay),
  };
}
