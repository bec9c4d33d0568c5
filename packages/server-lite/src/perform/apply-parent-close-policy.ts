import { ParentClosePolicy } from '@reprise/proto';
import { terminateRun } from '../execution/decide/close-run.ts';
import { requestCancel } from '../execution/decide/request-cancel.ts';
import { isRunning } from '../execution/execution.ts';
import type { Child } from '../execution/related.ts';
import type { RunRef } from '../execution/run-ref.ts';
import { type OtherRuns, SERVER_IDENTITY } from './other-runs.ts';

const POLICY_WORKFLOW_IDENTITY = 'temporal-sys-parent-close-policy-workflow';

/** Cancels or terminates a child whose parent has closed, as the parent wanted. */
export async function applyParentClosePolicy(run: RunRef, initiatedEventId: number, others: OtherRuns): Promise<void> {
  const { engine, uuid, parentClosePolicyThreshold } = others;
  const { children } = engine.read(run);
  const child = children.get(initiatedEventId);
  if (!child || child.policyApplied) return;
  const identity = children.size >= parentClosePolicyThreshold ? POLICY_WORKFLOW_IDENTITY : SERVER_IDENTITY;
  const target = lastRunOf(child, run, others);
  if (target) {
    const { parentClosePolicy } = child.attributes;
    const isCancel = parentClosePolicy === ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL;
    await engine.write(() =>
      engine.transact(target, (t) => {
        if (!isRunning(t.execution)) return;
        if (!isCancel) return terminateRun(t, { reason: 'by parent close policy', identity });
        const externalWorkflowExecution = { workflowId: run.workflowId, runId: run.runId };
        requestCancel(t, { requestId: uuid(), attributes: { identity, externalWorkflowExecution } });
      }),
    );
  }
  await engine.write(() => engine.transact(run, (t) => t.note({ kind: 'closePolicyApplied', initiatedEventId })));
}

/** A child may have gone on as another run since it started. */
function lastRunOf(child: Child, parent: RunRef, { engine }: OtherRuns): RunRef | undefined {
  if (!child.runId) return undefined;
  const first = engine.find(parent.namespaceId, child.attributes.workflowId ?? '', child.runId);
  const current = first && engine.find(parent.namespaceId, first.workflowId);
  return current && engine.read(current).started.firstExecutionRunId === child.runId ? current : first;
}
