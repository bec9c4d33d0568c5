import { childClosed } from '../execution/decide/child.ts';
import type { RunRef } from '../execution/run-ref.ts';
import type { OtherRuns } from './other-runs.ts';

const MOST_RESETS = 100;

/** Tells the parent of a run, the last of its chain, that it has closed. */
export async function reportChildClosed(run: RunRef, others: OtherRuns): Promise<void> {
  const { engine } = others;
  const { started, closed, parentTold } = engine.read(run);
  const { parentWorkflowExecution: parent, parentInitiatedEventId } = started;
  if (!parent || !closed || parentTold) return;
  const target = afterResets(engine.find(run.namespaceId, parent.workflowId ?? '', parent.runId ?? ''), others);
  if (target) {
    const workflowExecution = { workflowId: run.workflowId, runId: run.runId };
    const initiatedEventId = parentInitiatedEventId ?? 0;
    await engine.write(() =>
      engine.transact(target, (t) => childClosed(t, { initiatedEventId, workflowExecution, close: closed.event })),
    );
  }
  await engine.write(() => engine.transact(run, (t) => t.note({ kind: 'parentTold' })));
}

/** A parent that was reset lives on as another run. */
function afterResets(run: RunRef | undefined, { engine }: OtherRuns): RunRef | undefined {
  let current = run;
  for (let resets = 0; current && resets < MOST_RESETS; resets++) {
    const { resetRunId } = engine.read(current);
    if (resetRunId === '') return current;
    current = engine.find(current.namespaceId, current.workflowId, resetRunId);
  }
  return current;
}
