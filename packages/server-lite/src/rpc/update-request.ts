import { type temporal, UpdateWorkflowExecutionLifecycleStage } from '@reprise/proto';
import { invalidArgument, permissionDenied, unimplemented } from '../errors.ts';
import type { RpcContext } from './rpc.ts';
import { byteLength } from './validate.ts';

type Request = temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;

/** @returns the update's id and what workers will be sent. @throws ServiceError INVALID_ARGUMENT, PERMISSION_DENIED or UNIMPLEMENTED */
export function checkUpdate(
  ctx: RpcContext,
  request: Request,
): { updateId: string; update: temporal.api.update.v1.Request } {
  const { meta, input, completionCallbacks } = request.request ?? {};
  if (!meta) throw invalidArgument('Update meta is not set on request.');
  if (byteLength(meta.updateId ?? '') > ctx.config.get('limit.maxIDLength'))
    throw invalidArgument('UpdateId length exceeds limit.');
  if (!input) throw invalidArgument('Update input is not set on request.');
  if (!input.name) throw invalidArgument('Update name is not set on request.');
  if ((completionCallbacks?.length ?? 0) > 0) throw unimplemented('Callbacks on updates are not supported.');
  const stage = request.waitPolicy?.lifecycleStage;
  if (stage === UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED) {
    throw permissionDenied(
      'UpdateWorkflowExecution issued asynchronously and waiting on update admitted is not supported.',
    );
  }
  const updateId = meta.updateId || ctx.random.uuid();
  return { updateId, update: { meta: { ...meta, updateId }, input } };
}
