/** One operation of a batch, on one execution. */
import { EventType, ResetReapplyType, ResetType, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { BatchRecord } from './batch-record.ts';
import type { InternalCall } from '../internal-calls.ts';

export interface BatchTarget {
  readonly workflowId: string;
  readonly runId: string;
}

type Options = temporal.api.common.v1.ResetOptions;

const serverIdentity = `${process.pid}@server`;

/** @throws ServiceError what the operation itself answers */
export async function carryOut(call: InternalCall, record: BatchRecord, target: BatchTarget): Promise<void> {
  const { request, namespace } = record;
  const reason = request.reason ?? '';
  const execution = { workflowExecution: { ...target } };
  const requestId = `${record.jobId}-${target.runId || target.workflowId}`.slice(0, 200);
  if (request.terminationOperation) {
    await call('terminateWorkflowExecution', { namespace, ...execution, reason, identity: serverIdentity });
  } else if (request.cancellationOperation) {
    await call('requestCancelWorkflowExecution', { namespace, ...execution, identity: serverIdentity, requestId });
  } else if (request.signalOperation) {
    const { signal, input, identity } = request.signalOperation;
    await call('signalWorkflowExecution', { namespace, ...execution, signalName: signal, input, identity, requestId });
  } else if (request.deletionOperation) {
    await call('deleteWorkflowExecution', { namespace, ...execution });
  } else if (request.resetOperation) {
    await reset(call, record, target);
  } else if (request.updateWorkflowOptionsOperation) {
    const { workflowExecutionOptions, updateMask, identity } = request.updateWorkflowOptionsOperation;
    await call('updateWorkflowExecutionOptions', {
      namespace,
      ...execution,
      workflowExecutionOptions,
      updateMask,
      identity,
    });
  } else {
    await changeActivities(call, record, target);
  }
}

async function changeActivities(call: InternalCall, record: BatchRecord, target: BatchTarget): Promise<void> {
  const { request, namespace } = record;
  const execution = { ...target };
  const { unpauseActivitiesOperation: unpause, resetActivitiesOperation: resetActivities } = request;
  const options = request.updateActivityOptionsOperation;
  if (unpause) {
    const { matchAll, ...rest } = unpause;
    await call('unpauseActivity', { namespace, execution, ...rest, ...(matchAll ? { unpauseAll: true } : {}) });
  } else if (resetActivities) await call('resetActivity', { namespace, execution, ...resetActivities });
  else if (options) await call('updateActivityOptions', { namespace, execution, ...options });
}

async function reset(call: InternalCall, record: BatchRecord, target: BatchTarget): Promise<void> {
  const { namespace, request } = record;
  const operation = request.resetOperation ?? {};
  const options: Options = operation.options ?? optionsOfType(operation.resetType ?? 0);
  const workflowTaskFinishEventId = await resetPoint(call, { namespace, target, options });
  await call('resetWorkflowExecution', {
    namespace,
    workflowExecution: { ...target },
    reason: request.reason ?? '',
    workflowTaskFinishEventId,
    requestId: `${record.jobId}-${target.runId}`.slice(0, 200),
    resetReapplyType:
      options.resetReapplyType ?? operation.resetReapplyType ?? ResetReapplyType.RESET_REAPPLY_TYPE_UNSPECIFIED,
    resetReapplyExcludeTypes: options.resetReapplyExcludeTypes,
    postResetOperations: operation.postResetOperations,
    identity: operation.identity ?? '',
  });
}

function optionsOfType(type: number): Options {
  if (type === ResetType.RESET_TYPE_FIRST_WORKFLOW_TASK) return { firstWorkflowTask: {} };
  return { lastWorkflowTask: {} };
}

/** The id of the completed workflow task that the options mean. */
async function resetPoint(
  call: InternalCall,
  where: { namespace: string; target: BatchTarget; options: Options },
): Promise<number> {
  const { namespace, target, options } = where;
  if (options.workflowTaskId) return options.workflowTaskId;
  if (options.buildId) return await buildIdPoint(call, where);
  let found: number | undefined;
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await call('getWorkflowExecutionHistory', { namespace, execution: { ...target }, nextPageToken });
    for (const { eventType, eventId } of page.history?.events ?? []) {
      if (eventType !== EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) continue;
      found = eventId ?? undefined;
      if (options.firstWorkflowTask && found !== undefined) return found;
    }
    nextPageToken = page.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.length > 0);
  if (found === undefined) throw invalidArgument('unable to find reset point: no workflow task was completed');
  return found;
}

async function buildIdPoint(
  call: InternalCall,
  { namespace, target, options }: { namespace: string; target: BatchTarget; options: Options },
): Promise<number> {
  const description = await call('describeWorkflowExecution', { namespace, execution: { ...target } });
  const points = description.workflowExecutionInfo?.autoResetPoints?.points ?? [];
  const point = points.find(({ buildId, resettable }) => buildId === options.buildId && resettable);
  if (!point?.firstWorkflowTaskCompletedId) {
    throw invalidArgument(`unable to find reset point for build id ${options.buildId}`);
  }
  return point.firstWorkflowTaskCompletedId;
}
