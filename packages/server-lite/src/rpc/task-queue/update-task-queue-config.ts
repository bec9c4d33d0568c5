import { TaskQueueType, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { kindOfType } from './describe-task-queue.ts';
import { requireWholeQueue } from './queue-partition.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { byteLength } from '../validate.ts';
import { toTimestamp } from '../wire-time.ts';

type Request = temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest;
type RateLimitUpdate = temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest.RateLimitUpdate;

const mostWeights = 1000;
const longestText = 1000;
const longestFairnessKey = 64;

function limitConfig(ctx: RpcContext, update: RateLimitUpdate, identity: string) {
  return {
    ...(update.rateLimit ? { rateLimit: update.rateLimit } : {}),
    metadata: { reason: update.reason ?? '', updateIdentity: identity, updateTime: toTimestamp(ctx.clock.now()) },
  };
}

function checkText(field: string, text: string | null | undefined): void {
  if ((text ?? '').length > longestText) {
    throw invalidArgument(`${field} field too long (max ${longestText} characters).`);
  }
}

function checkUpdate(field: string, update: RateLimitUpdate | null | undefined): void {
  if (!update?.rateLimit) return;
  if ((update.rateLimit.requestsPerSecond ?? 0) < 0) {
    throw invalidArgument(`RequestsPerSecond for ${field} rate limit must be non-negative.`);
  }
  checkText(`${field}.Reason`, update.reason);
}

function checkWeights({ setFairnessWeightOverrides: set, unsetFairnessWeightOverrides: unset }: Request): void {
  const count = Object.keys(set ?? {}).length + (unset?.length ?? 0);
  if (count > mostWeights) {
    throw invalidArgument(`too many fairness weight overrides in request: got ${count}, maximum ${mostWeights}`);
  }
  for (const [key, weight] of Object.entries(set ?? {})) {
    checkFairnessKey(key);
    if (weight > 0) continue;
    throw invalidArgument(`invalid fairness weight weight for key ${JSON.stringify(key)}: must be greater than zero`);
  }
  for (const key of unset ?? []) checkFairnessKey(key);
  const both = (unset ?? []).find((name) => Object.hasOwn(set ?? {}, name));
  if (both === undefined) return;
  throw invalidArgument(`fairness weight override key ${JSON.stringify(both)} present in both set and unset lists`);
}

function checkFairnessKey(key: string): void {
  if (key === '') throw invalidArgument('fairness weight override key must not be empty');
  if (byteLength(key) > longestFairnessKey) throw invalidArgument('fairness key length exceeds limit');
}

export const updateTaskQueueConfig: WorkflowHandler<'updateTaskQueueConfig'> = async (request, ctx) => {
  const namespaceId = requireNamespace(ctx).id;
  const isWorkflow = request.taskQueueType === TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;
  if (isWorkflow && request.updateQueueRateLimit?.rateLimit) {
    throw invalidArgument('Setting rate limit on workflow task queues is not allowed.');
  }
  checkUpdate('UpdateQueueRateLimit', request.updateQueueRateLimit);
  if (isWorkflow && request.updateFairnessKeyRateLimitDefault?.rateLimit) {
    throw invalidArgument('Setting fairness key rate limit on workflow task queues is not allowed.');
  }
  checkUpdate('UpdateFairnessKeyRateLimitDefault', request.updateFairnessKeyRateLimitDefault);
  checkText('Identity', request.identity);
  checkWeights(request);
  requireWholeQueue(request.taskQueue ?? '');
  const key = { namespaceId, name: request.taskQueue ?? '', kind: kindOfType(request.taskQueueType) };
  const identity = request.identity ?? '';
  const before = ctx.system.queueConfigs.get(key) ?? {};
  const weights = { ...before.fairnessWeightOverrides, ...request.setFairnessWeightOverrides };
  for (const name of request.unsetFairnessWeightOverrides ?? []) delete weights[name];
  if (Object.keys(weights).length > mostWeights) {
    throw invalidArgument(`fairness weight overrides update exceeds limit of ${mostWeights}`);
  }
  const { fairnessWeightOverrides: _, ...others } = before;
  const config = {
    ...others,
    ...(request.updateQueueRateLimit
      ? { queueRateLimit: limitConfig(ctx, request.updateQueueRateLimit, identity) }
      : {}),
    ...(request.updateFairnessKeyRateLimitDefault
      ? { fairnessKeysRateLimitDefault: limitConfig(ctx, request.updateFairnessKeyRateLimitDefault, identity) }
      : {}),
    ...(Object.keys(weights).length > 0 ? { fairnessWeightOverrides: weights } : {}),
  };
  ctx.system.queueConfigs.set(key, config);
  const queue = ctx.system.queues.existing(key);
  if (queue) ctx.system.queueConfigs.apply(key, queue);
  return { config };
};
