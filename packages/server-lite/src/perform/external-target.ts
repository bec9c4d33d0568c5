import type { RunRef } from '../execution/run-ref.ts';
import type { OtherRuns } from './other-runs.ts';

interface Target {
  readonly workflowExecution?:
    | { readonly workflowId?: string | null | undefined; readonly runId?: string | null | undefined }
    | null
    | undefined;
  readonly childWorkflowOnly?: boolean | null | undefined;
}

/** Whom a run means by this. Nobody reaches itself this way; with `childWorkflowOnly` only one's own child is meant. */
export function externalTarget(run: RunRef, target: Target, { engine }: OtherRuns): RunRef | undefined {
  const { workflowId, runId } = target.workflowExecution ?? {};
  const isSelf = workflowId === run.workflowId && (!runId || runId === run.runId);
  const found = isSelf ? undefined : engine.find(run.namespaceId, workflowId ?? '', runId ?? '');
  if (!found || !target.childWorkflowOnly) return found;
  const parent = engine.read(found).started.parentWorkflowExecution;
  return parent?.workflowId === run.workflowId && parent.runId === run.runId ? found : undefined;
}
