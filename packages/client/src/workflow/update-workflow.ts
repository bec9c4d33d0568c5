import { randomUUID } from 'node:crypto';
import { composeInterceptors, type TypeInfo } from '@reprise/common';
import { RpcError, UpdateWorkflowExecutionLifecycleStage } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import { updateFieldsOf } from '../call/nexus-call.ts';
import {
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcCancelledError,
  isGrpcDeadlineError,
} from '../errors.ts';
import type { WorkflowStartUpdateInput, WorkflowStartUpdateOutput } from './interceptors.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

type Stage = temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
type Outcome = temporal.api.update.v1.Outcome;

const stages = UpdateWorkflowExecutionLifecycleStage;

/** How far an update has come. */
export const WorkflowUpdateStage = {
  UNSPECIFIED: undefined,
  ADMITTED: 'ADMITTED',
  ACCEPTED: 'ACCEPTED',
  COMPLETED: 'COMPLETED',
} as const;
export type WorkflowUpdateStage = NonNullable<(typeof WorkflowUpdateStage)[keyof typeof WorkflowUpdateStage]>;

/** The number of a stage on the wire. */
export function encodeStage(stage: WorkflowUpdateStage): Stage {
  if (stage === 'ADMITTED') return stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED;
  if (stage === 'ACCEPTED') return stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
  return stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED;
}

/** Whether the server answered that the update is accepted at least; a long poll that ran out says less. */
export function isAccepted(stage: Stage | null | undefined): boolean {
  return (stage ?? 0) >= stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
}

/** Sends an update and waits until it has reached the stage, through the interceptors. */
export function startUpdate(
  scope: WorkflowScope,
  input: WorkflowStartUpdateInput,
  waitForStage: WorkflowUpdateStage,
): Promise<WorkflowStartUpdateOutput> {
  return composeInterceptors(scope.interceptors, 'startUpdate', (last: WorkflowStartUpdateInput) =>
    requestUpdate(scope, last, waitForStage),
  )(input);
}

async function requestUpdate(
  scope: WorkflowScope,
  input: WorkflowStartUpdateInput,
  waitForStage: WorkflowUpdateStage,
): Promise<WorkflowStartUpdateOutput> {
  const { workflowId, runId } = input.workflowExecution;
  const request = {
    namespace: scope.namespace,
    workflowExecution: { workflowId, ...(runId !== undefined && { runId }) },
    firstExecutionRunId: input.firstExecutionRunId,
    waitPolicy: { lifecycleStage: encodeStage(waitForStage) },
    request: await updateRequest(scope, input),
  };
  for (;;) {
    const response = await waiting(scope, input.workflowExecution, () =>
      scope.service.updateWorkflowExecution(request),
    );
    if (!isAccepted(response.stage)) continue;
    scope.nexusCall?.onAnswer({ link: response.link, isComplete: Boolean(response.outcome) });
    return {
      updateId: request.request.meta.updateId,
      workflowRunId: response.updateRef?.workflowExecution?.runId ?? '',
      ...(response.outcome && { outcome: response.outcome }),
      ...(input.typeInfo?.outputType && { outputTypeInfo: input.typeInfo.outputType }),
    };
  }
}

/** The update as the workflow will see it. */
export async function updateRequest(
  scope: WorkflowScope,
  input: Pick<WorkflowStartUpdateInput, 'updateName' | 'args' | 'headers' | 'options' | 'typeInfo'>,
) {
  const updateId = input.options.updateId ?? randomUUID();
  return {
    meta: { updateId, identity: scope.identity },
    input: {
      header: { fields: input.headers },
      name: input.updateName,
      args: await scope.converter.encodeArgs(input.args, input.typeInfo),
    },
    ...updateFieldsOf(scope.nexusCall),
  };
}

/** Waits until an update is complete, and gives its result. */
export async function awaitUpdate(
  scope: WorkflowScope,
  updateId: string,
  workflowExecution: { readonly workflowId: string; readonly runId?: string | undefined },
): Promise<Outcome> {
  const { workflowId, runId } = workflowExecution;
  for (;;) {
    const response = await waiting(scope, workflowExecution, () =>
      scope.service.pollWorkflowExecutionUpdate({
        namespace: scope.namespace,
        updateRef: { workflowExecution: { workflowId, ...(runId !== undefined && { runId }) }, updateId },
        identity: scope.identity,
        waitPolicy: { lifecycleStage: stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED },
      }),
    );
    if (response.outcome) return response.outcome;
  }
}

/** The result of an update; throws what its handler or validator threw. */
export async function readOutcome(
  { converter }: WorkflowScope,
  outcome: Outcome,
  typeInfo: TypeInfo | undefined,
): Promise<unknown> {
  if (outcome.failure) {
    throw new WorkflowUpdateFailedError('Workflow Update failed', await converter.decodeFailure(outcome.failure));
  }
  return converter.decodeFirst(outcome.success, typeInfo);
}

/** Makes a call that waits for an update: running out of time is not the update's failure. */
export async function waiting<R>(
  scope: WorkflowScope,
  workflowExecution: { readonly workflowId: string; readonly runId?: string | undefined },
  call: () => Promise<R>,
): Promise<R> {
  const { workflowId, runId } = workflowExecution;
  return calling(scope, { action: 'Workflow Update failed', workflowId, runId }, async () => {
    try {
      return await call();
    } catch (cause) {
      if (!(cause instanceof RpcError) || !(isGrpcDeadlineError(cause) || isGrpcCancelledError(cause))) throw cause;
      throw new WorkflowUpdateRPCTimeoutOrCancelledError(cause.details || 'Workflow update call timeout or cancelled', {
        cause,
      });
    }
  });
}
