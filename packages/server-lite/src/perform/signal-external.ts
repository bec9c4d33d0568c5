import { SignalExternalWorkflowExecutionFailedCause } from '@reprise/proto';
import { ServiceError, StatusCode } from '../errors.ts';
import { signalAnswered } from '../execution/decide/outgoing.ts';
import { signal } from '../execution/decide/signal.ts';
import { isRunning } from '../execution/execution.ts';
import type { OutgoingSignal } from '../execution/related.ts';
import type { RunRef } from '../execution/run-ref.ts';
import { externalTarget } from './external-target.ts';
import { type OtherRuns, SERVER_IDENTITY } from './other-runs.ts';

const notFound =
  SignalExternalWorkflowExecutionFailedCause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
const tooManySignals =
  SignalExternalWorkflowExecutionFailedCause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_SIGNAL_COUNT_LIMIT_EXCEEDED;

type Answer = 'delivered' | 'later' | SignalExternalWorkflowExecutionFailedCause;

/** Delivers a signal to another run, and tells the sender what became of it. */
export async function signalExternal(run: RunRef, initiatedEventId: number, others: OtherRuns): Promise<void> {
  const { engine } = others;
  const outgoing = engine.read(run).outgoingSignals.get(initiatedEventId);
  if (!outgoing || !isRunning(engine.read(run))) return;
  const answer = await deliver(run, outgoing, others);
  // The target is about to close, and may not do so after all: then the signal is for it, else for the run that follows.
  if (answer === 'later') return engine.offerAgain(run);
  const refused = answer === 'delivered' ? undefined : answer;
  await engine.write(() => engine.transact(run, (t) => signalAnswered(t, initiatedEventId, refused)));
}

async function deliver(run: RunRef, { attributes, requestId }: OutgoingSignal, others: OtherRuns): Promise<Answer> {
  const { engine } = others;
  const target = externalTarget(run, attributes, others);
  if (!target) return notFound;
  const { signalName, input, header } = attributes;
  const sent = {
    requestId,
    attributes: {
      signalName: signalName ?? '',
      identity: SERVER_IDENTITY,
      externalWorkflowExecution: { workflowId: run.workflowId, runId: run.runId },
      ...(input ? { input } : {}),
      ...(header ? { header } : {}),
    },
  };
  return await engine
    .write(() => engine.transact(target, (t) => signal(t, sent)))
    .then(() => 'delivered' as const, answerOfRefused);
}

function answerOfRefused(error: unknown): Answer {
  if (!(error instanceof ServiceError)) throw error;
  if (error.code === StatusCode.NOT_FOUND) return notFound;
  if (error.code === StatusCode.INVALID_ARGUMENT) return tooManySignals;
  if (error.code === StatusCode.RESOURCE_EXHAUSTED) return 'later';
  throw error;
}
