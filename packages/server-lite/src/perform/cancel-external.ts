import { cancelAnswered } from '../execution/decide/outgoing.ts';
import { requestCancel } from '../execution/decide/request-cancel.ts';
import { isRunning } from '../execution/execution.ts';
import type { RunRef } from '../execution/run-ref.ts';
import { externalTarget } from './external-target.ts';
import { type OtherRuns, SERVER_IDENTITY } from './other-runs.ts';

/** Asks another run to cancel, and tells who asked whether there was one. */
export async function cancelExternal(run: RunRef, initiatedEventId: number, others: OtherRuns): Promise<void> {
  const { engine } = others;
  const outgoing = engine.read(run).outgoingCancels.get(initiatedEventId);
  if (!outgoing || !isRunning(engine.read(run))) return;
  const { attributes, requestId } = outgoing;
  const target = externalTarget(run, attributes, others);
  if (target) {
    const request = {
      requestId,
      attributes: {
        cause: attributes.reason ?? '',
        identity: SERVER_IDENTITY,
        externalInitiatedEventId: initiatedEventId,
        externalWorkflowExecution: { workflowId: run.workflowId, runId: run.runId },
      },
    };
    await engine.write(() => engine.transact(target, (t) => requestCancel(t, request)));
  }
  const wasFound = target !== undefined;
  await engine.write(() => engine.transact(run, (t) => cancelAnswered(t, initiatedEventId, { wasFound })));
}
