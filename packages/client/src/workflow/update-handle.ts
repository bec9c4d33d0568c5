import type { WorkflowStartUpdateOutput } from './interceptors.ts';
import { awaitUpdate, readOutcome } from './update-workflow.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** An update that was sent. */
export interface WorkflowUpdateHandle<Ret> {
  readonly updateId: string;
  readonly workflowId: string;
  /** The run that has the update. */
  readonly workflowRunId?: string;
  /** The result of the update, waited for. @throws WorkflowUpdateFailedError when it failed. */
  result(): Promise<Ret>;
}

/** Makes the handle of an update. */
export function updateHandle<Ret>(
  scope: WorkflowScope,
  workflowId: string,
  output: WorkflowStartUpdateOutput,
): WorkflowUpdateHandle<Ret> {
  return {
    updateId: output.updateId,
    workflowId,
    ...(output.workflowRunId !== '' && { workflowRunId: output.workflowRunId }),
    result: async () => (await updateResult(scope, workflowId, output)) as Ret,
  };
}

/** The result of an update: the one that came with the answer, or else waited for. */
export async function updateResult(
  scope: WorkflowScope,
  workflowId: string,
  { updateId, workflowRunId, outcome, outputTypeInfo }: WorkflowStartUpdateOutput,
): Promise<unknown> {
  const runId = workflowRunId === '' ? undefined : workflowRunId;
  return readOutcome(scope, outcome ?? (await awaitUpdate(scope, updateId, { workflowId, runId })), outputTypeInfo);
}
