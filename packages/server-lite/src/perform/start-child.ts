import { StartChildWorkflowExecutionFailedCause } from '@reprise/proto';
import { ServiceError, StatusCode } from '../errors.ts';
import { childRun } from '../execution/child-run.ts';
import { childStarted, childStartFailed, releaseChild } from '../execution/decide/child.ts';
import { isRunning } from '../execution/execution.ts';
import type { VersionReaches } from '../execution/inherited-version.ts';
import type { RunRef } from '../execution/run-ref.ts';
import { admitStart } from '../execution/start-policy.ts';
import type { OtherRuns } from './other-runs.ts';

/** Creates the child, tells its parent that it started, and lets it begin. */
export async function startChild(parent: RunRef, initiatedEventId: number, others: OtherRuns): Promise<void> {
  const { engine } = others;
  const child = engine.read(parent).children.get(initiatedEventId);
  if (!child || child.started || !isRunning(engine.read(parent))) return;
  const runId = child.runId || (await engine.write(() => createChild(parent, initiatedEventId, others)));
  if (runId === undefined) return;
  const workflowId = child.attributes.workflowId ?? '';
  await engine.write(() => engine.transact(parent, (t) => childStarted(t, initiatedEventId, runId)));
  const run = engine.find(parent.namespaceId, workflowId, runId);
  if (run) await engine.write(() => engine.transact(run, releaseChild));
}

/** @returns undefined when there is none, which the parent has been told */
function createChild(parent: RunRef, initiatedEventId: number, others: OtherRuns): string | undefined {
  const { engine, uuid, now, nextCronMs, versionReaches } = others;
  const execution = engine.read(parent);
  const child = execution.children.get(initiatedEventId);
  if (!child) return undefined;
  const runId = uuid();
  const reaches: VersionReaches = (version, queue) => versionReaches(parent.namespaceId, version, queue);
  const newRun = childRun(execution, child, { runId, nowMs: now(), nextCronMs, versionReaches: reaches });
  const { workflowId, workflowIdReusePolicy } = child.attributes;
  const current = engine.find(parent.namespaceId, workflowId ?? '');
  try {
    admitStart(engine, current, { newRun, reusePolicy: workflowIdReusePolicy ?? 0, conflictPolicy: 0 });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== StatusCode.ALREADY_EXISTS) throw error;
    const cause =
      StartChildWorkflowExecutionFailedCause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS;
    engine.transact(parent, (t) => childStartFailed(t, initiatedEventId, cause));
    return undefined;
  }
  engine.create(newRun);
  engine.transact(parent, (t) => t.note({ kind: 'childCreated', initiatedEventId, runId }));
  return runId;
}
