import { type temporal, UpdateWorkflowExecutionLifecycleStage } from '@reprise/proto';
import { invalidArgument, permissionDenied } from '../../errors.ts';
import type { RpcContext } from '../rpc.ts';
import { byteLength } from '../validate.ts';

type Request = temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;

/**
 * Workers are sent the request as it is, with the callbacks that this release of the service hands on and does not call.
 *
 * @returns the update's id and what workers will be sent. @throws ServiceError INVALID_ARGUMENT or PERMISSION_DENIED
 */
export function checkUpdate(
  ctx: RpcContext,
  request: Request,
): { updateId: string; update: temporal.api.update.v1.Request } {
  const { meta, input } = request.request ?? {};
  if (!meta) throw invalidArgument('Update meta is not set on request.');
  if (byteLength(meta.updateId ?? '') > ctx.config.get('limit.maxIDLength'))
    throw invalidArgument('UpdateId length exceeds limit.');
  if (!input) throw invalidArgument('Update input is not set on request.');
  if (!input.name) throw invalidArgument('Update name is not set on request.');
  const stage = request.waitPolicy?.lifecycleStage;
  if (stage === UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED) {
    throw permissionDenied(
      'UpdateWorkflowExecution issued asynchronously and waiting on update admitted is not supported.',
    );
  }
  const updateId = meta.updateId || ctx.random.uuid();
  return { updateId, update: { ...request.request, meta: { ...meta, updateId } } };
}
