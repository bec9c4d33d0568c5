import { randomUUID } from 'node:crypto';
import {
  checkSpelling,
  compilePriority,
  compileRetryPolicy,
  composeInterceptors,
  encodeUnifiedSearchAttributes,
  knownOfRetryPolicy,
  msOptionalToTs,
  msToNumber,
} from '@reprise/common';
import { TaskQueueKind, decodeMessage } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { errorDetails, isDetail } from '../call/decode-error.ts';
import { startFieldsOf } from '../call/nexus-call.ts';
import { status } from '../call/status.ts';
import { encodeUserMetadata } from '../convert/user-metadata.ts';
import { ActivityExecutionAlreadyStartedError, isGrpcServiceError } from '../errors.ts';
import { encodeActivityIdConflictPolicy, encodeActivityIdReusePolicy } from './activity-enums.ts';
import { activityHandle } from './activity-handle.ts';
import type { ActivityStartInput } from './activity-interceptor.ts';
import type { ActivityHandle, ActivityOptions } from './activity-options.ts';
import { callingActivity } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

type Request = temporal.api.workflowservice.v1.StartActivityExecutionRequest;

const known: { readonly [Name in keyof Required<ActivityOptions>]: true } = {
  id: true,
  taskQueue: true,
  args: true,
  typeInfo: true,
  startToCloseTimeout: true,
  scheduleToCloseTimeout: true,
  scheduleToStartTimeout: true,
  heartbeatTimeout: true,
  retry: true,
  idReusePolicy: true,
  idConflictPolicy: true,
  typedSearchAttributes: true,
  summary: true,
  priority: true,
  startDelay: true,
};

/** Starts an activity, through the interceptors. @throws TypeError for an option that is misspelt or missing */
export async function startActivity(scope: ActivityScope, input: ActivityStartInput): Promise<ActivityHandle> {
  checkSpelling('ActivityOptions', input.options, known);
  checkSpelling('ActivityOptions.retry', input.options.retry ?? {}, knownOfRetryPolicy);
  checkNeeded(input);
  const last = async (final: ActivityStartInput): Promise<ActivityHandle> => {
    const request = await encodeStart(scope, final);
    const response = await callingActivity(scope, { action: 'Failed to start activity' }, async () => {
      try {
        return await scope.service.startActivityExecution(request);
      } catch (error) {
        throw alreadyStarted(error, final) ?? error;
      }
    });
    scope.nexusCall?.onAnswer(response);
    const { id: activityId, typeInfo } = final.options;
    const outputType = typeInfo?.outputType;
    return activityHandle(scope, { activityId, activityRunId: response.runId || undefined, outputType });
  };
  return await composeInterceptors(scope.interceptors, 'start', last)(input);
}

async function encodeStart(
  scope: ActivityScope,
  { activityType, options, headers }: ActivityStartInput,
): Promise<Request> {
  const converter = scope.converter.within({
    type: 'activity',
    namespace: scope.namespace,
    activityId: options.id,
    isLocal: false,
  });
  const { typedSearchAttributes } = options;
  return {
    namespace: scope.namespace,
    identity: scope.identity,
    requestId: randomUUID(),
    activityId: options.id,
    activityType: { name: activityType },
    taskQueue: { name: options.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    scheduleToCloseTimeout: msOptionalToTs(options.scheduleToCloseTimeout),
    scheduleToStartTimeout: msOptionalToTs(options.scheduleToStartTimeout),
    startToCloseTimeout: msOptionalToTs(options.startToCloseTimeout),
    heartbeatTimeout: msOptionalToTs(options.heartbeatTimeout),
    startDelay: msOptionalToTs(options.startDelay),
    retryPolicy: options.retry && compileRetryPolicy(options.retry),
    input: await converter.encodeArgs([...(options.args ?? [])], options.typeInfo),
    idReusePolicy: encodeActivityIdReusePolicy(options.idReusePolicy) as Request['idReusePolicy'],
    idConflictPolicy: encodeActivityIdConflictPolicy(options.idConflictPolicy) as Request['idConflictPolicy'],
    searchAttributes: typedSearchAttributes && {
      indexedFields: encodeUnifiedSearchAttributes(undefined, typedSearchAttributes),
    },
    header: { fields: headers },
    userMetadata: await encodeUserMetadata(converter, { staticSummary: options.summary }),
    priority: options.priority && compilePriority(options.priority),
    ...startFieldsOf(scope.nexusCall),
  };
}

function checkNeeded({ activityType, options }: ActivityStartInput): void {
  const { id, taskQueue, scheduleToCloseTimeout, startToCloseTimeout, startDelay } = options;
  if (!activityType) throw new TypeError('activityType is required');
  if (!id) throw new TypeError('id is required');
  if (!taskQueue) throw new TypeError('taskQueue is required');
  if (!scheduleToCloseTimeout && !startToCloseTimeout)
    throw new TypeError('Either scheduleToCloseTimeout or startToCloseTimeout is required');
  if (msToNumber(startDelay ?? 0) < 0) throw new TypeError('startDelay must be non-negative');
}

const alreadyStartedFailure = 'temporal.api.errordetails.v1.ActivityExecutionAlreadyStartedFailure';

function alreadyStarted(error: unknown, { options }: ActivityStartInput): Error | undefined {
  if (!isGrpcServiceError(error) || error.code !== status.ALREADY_EXISTS) return undefined;
  const bytes = errorDetails(error).find((detail) => isDetail(detail, alreadyStartedFailure))?.value;
  const runId = bytes ? (decodeMessage(alreadyStartedFailure, bytes).runId ?? '') : '';
  return new ActivityExecutionAlreadyStartedError('Activity execution already started', options.id, runId);
}
