/** Whom the payloads of a worker are for, as drivers of external storage get to know it. */
import type { StorageDriverTargetInfo } from '@reprise/common';
import type { Info } from '@reprise/activity';
import type { temporal } from '@reprise/proto';

type Command = temporal.api.command.v1.Command;
type Target = StorageDriverTargetInfo | undefined;

/** A run, as far as the answers to its tasks depend on it. */
export interface StorageRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType?: string | undefined;
  /** Who hears of the result; absent for runs that nobody waits for, and for those that were continued as new. */
  readonly parent?: { readonly namespace: string; readonly workflowId: string; readonly runId: string } | undefined;
}

export function workflowTarget(namespace: string, { workflowId, runId, workflowType }: StorageRun): Target {
  return { kind: 'workflow', namespace, id: workflowId, runId, ...(workflowType && { type: workflowType }) };
}

/** An activity of a workflow stores for the workflow, one without for itself. */
export function activityTarget(
  info: Pick<
    Info,
    'namespace' | 'workflowExecution' | 'workflowType' | 'activityId' | 'activityType' | 'activityRunId'
  >,
): Target {
  const { namespace, workflowExecution, workflowType, activityId, activityType, activityRunId } = info;
  if (workflowExecution !== undefined) return workflowTarget(namespace, { ...workflowExecution, workflowType });
  return {
    kind: 'activity',
    namespace,
    id: activityId,
    type: activityType,
    ...(activityRunId !== undefined && { runId: activityRunId }),
  };
}

/** Whom the payloads of a command are for; those of other messages are for the same as what is around them. */
export function targetWithin(run: StorageRun, namespace: string): (message: object, outer: Target) => Target {
  return (message, outer) =>
    'commandType' in message ? commandTarget(message as Command, { run, namespace, outer }) : outer;
}

function commandTarget(
  command: Command,
  { run, namespace, outer }: { run: StorageRun; namespace: string; outer: Target },
): Target {
  const child = command.startChildWorkflowExecutionCommandAttributes;
  if (child) return other(child.namespace || namespace, child.workflowId, child.workflowType?.name);
  const reached =
    command.signalExternalWorkflowExecutionCommandAttributes ??
    command.requestCancelExternalWorkflowExecutionCommandAttributes;
  if (reached) {
    const { execution } = command.signalExternalWorkflowExecutionCommandAttributes ?? {};
    const cancelled = command.requestCancelExternalWorkflowExecutionCommandAttributes;
    return other(reached.namespace || namespace, execution?.workflowId ?? cancelled?.workflowId);
  }
  const continued = command.continueAsNewWorkflowExecutionCommandAttributes;
  if (continued && outer?.kind === 'workflow') {
    const { runId: _, ...next } = outer;
    return { ...next, ...(continued.workflowType?.name && { type: continued.workflowType.name }) };
  }
  if (!command.completeWorkflowExecutionCommandAttributes || run.parent === undefined) return outer;
  const { parent } = run;
  return { kind: 'workflow', namespace: parent.namespace || namespace, id: parent.workflowId, runId: parent.runId };
}

function other(namespace: string, id: string | null | undefined, type?: string | null): Target {
  return { kind: 'workflow', namespace, ...(id && { id }), ...(type && { type }) };
}
