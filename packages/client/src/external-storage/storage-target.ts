/** Whom the payloads of a request are for: what it starts, or what it speaks to. */
import type { StorageDriverTargetInfo } from '@reprise/common';

/** The fields that say it, in the requests of all calls that carry payloads. */
interface Addressed {
  namespace?: string | null;
  workflowId?: string | null;
  runId?: string | null;
  workflowType?: { name?: string | null } | null;
  activityId?: string | null;
  activityType?: { name?: string | null } | null;
  taskToken?: Uint8Array | null;
  execution?: { workflowId?: string | null } | null;
  workflowExecution?: { workflowId?: string | null } | null;
  operations?: { startWorkflow?: Addressed | null }[] | null;
  schedule?: { action?: { startWorkflow?: Addressed | null } | null } | null;
}

/** @param namespace of the client, for requests that leave it out */
export function storageTarget(request: Addressed, namespace: string): StorageDriverTargetInfo | undefined {
  const started = request.operations?.[0]?.startWorkflow ?? request.schedule?.action?.startWorkflow;
  if (started) return workflow({ namespace, id: started.workflowId, type: started.workflowType?.name });
  const execution = request.workflowExecution ?? request.execution;
  if (execution) return workflow({ namespace, id: execution.workflowId });
  const { workflowId, runId, activityId } = request;
  if (workflowId && activityId) return workflow({ namespace, id: workflowId, runId });
  if (workflowId) return workflow({ namespace, id: workflowId, type: request.workflowType?.name });
  if (activityId) {
    const fields = present({ id: activityId, runId, type: request.activityType?.name });
    return { kind: 'activity', namespace, ...fields };
  }
  // A task token does not tell whose activity it is of.
  return request.taskToken ? { kind: 'workflow', namespace } : undefined;
}

type Fields = Partial<Record<'id' | 'runId' | 'type', string | null | undefined>>;

function workflow({ namespace, ...fields }: Fields & { namespace: string }): StorageDriverTargetInfo {
  return { kind: 'workflow', namespace, ...present(fields) };
}

function present(fields: Fields): Partial<Record<keyof Fields, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value)));
}
