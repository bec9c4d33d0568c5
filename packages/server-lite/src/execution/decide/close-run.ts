/** The ends that a run can come to, and the run that goes on in its place when there is one. */
import { ContinueAsNewInitiator, RetryState, TimeoutType } from '@reprise/proto';
import type { AttributesOf } from '../event-kinds.ts';
import { nextRun } from '../next-run.ts';
import { decideRetry } from '../retry.ts';
import type { Transition } from '../transition.ts';
import type { Failure, Link, Payloads } from '../wire.ts';
import { forceCloseWorkflowTask } from './fail-workflow-task.ts';

interface Continuation {
  readonly newRunId: string;
  readonly retryState: RetryState;
}

/** The next run of a cron schedule; undefined without one, or when the execution's time would be up. */
function nextCronRun(
  t: Transition,
  options: { failure?: Failure | undefined; result?: Payloads | null | undefined },
): string {
  const cron = t.execution.started.cronSchedule ?? '';
  if (cron === '') return '';
  const dueMs = t.around.nextCronMs(cron, t.nowMs);
  const { executionExpiresMs } = t.execution.options;
  if (dueMs === undefined || (executionExpiresMs > 0 && dueMs > executionExpiresMs)) return '';
  return nextRun(t, {
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE,
    attempt: 1,
    backoffMs: Math.ceil((dueMs - t.nowMs) / 1000) * 1000,
    failure: options.failure,
    result: options.failure ? t.execution.started.lastCompletionResult : options.result,
  });
}

/** A retry if the policy allows one, else the next run of a cron schedule. */
function continueAfterFailure(t: Transition, failure: Failure): Continuation {
  const { started, options } = t.execution;
  const policy = started.retryPolicy;
  let retryState: RetryState = RetryState.RETRY_STATE_RETRY_POLICY_NOT_SET;
  if (policy) {
    const answer = decideRetry({
      policy,
      attempt: started.attempt ?? 1,
      failure,
      nowMs: t.nowMs,
      expiresMs: options.executionExpiresMs,
      delayRule: 'bounded',
    });
    retryState = answer.state;
    if (answer.state === RetryState.RETRY_STATE_IN_PROGRESS) {
      const newRunId = nextRun(t, {
        initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_RETRY,
        attempt: (started.attempt ?? 1) + 1,
        backoffMs: answer.intervalMs,
        failure,
        result: started.lastCompletionResult,
      });
      return { newRunId, retryState };
    }
  }
  return { newRunId: nextCronRun(t, { failure }), retryState };
}

export function completeRun(
  t: Transition,
  options: { result: Payloads | null | undefined; taskEventId: number },
): void {
  const newRunId = nextCronRun(t, { result: options.result });
  const attributes: AttributesOf<'completed'> = { workflowTaskCompletedEventId: options.taskEventId };
  if (options.result) attributes.result = options.result;
  if (newRunId) attributes.newExecutionRunId = newRunId;
  t.record('completed', attributes);
}

export function failRun(t: Transition, options: { failure: Failure; taskEventId: number }): void {
  const { newRunId, retryState } = continueAfterFailure(t, options.failure);
  const attributes: AttributesOf<'failed'> = {
    failure: options.failure,
    retryState,
    workflowTaskCompletedEventId: options.taskEventId,
  };
  if (newRunId) attributes.newExecutionRunId = newRunId;
  t.record('failed', attributes);
}

export function cancelRun(t: Transition, options: { details: Payloads | null | undefined; taskEventId: number }): void {
  const attributes: AttributesOf<'canceled'> = { workflowTaskCompletedEventId: options.taskEventId };
  if (options.details) attributes.details = options.details;
  t.record('canceled', attributes);
}

export interface Termination {
  readonly reason: string;
  readonly details?: Payloads | null | undefined;
  readonly identity: string;
  readonly links?: readonly Link[] | null | undefined;
}

export function terminateRun(t: Transition, options: Termination): void {
  forceCloseWorkflowTask(t);
  dropWaitingTask(t);
  t.flush();
  const attributes: AttributesOf<'terminated'> = { identity: options.identity };
  if (options.reason) attributes.reason = options.reason;
  if (options.details) attributes.details = options.details;
  t.record('terminated', attributes, { links: options.links });
}

/** A speculative task that nobody has taken leaves no trace when its run ends. */
function dropWaitingTask(t: Transition): void {
  if (t.execution.task?.type === 'speculative') t.note({ kind: 'taskDropped' });
}

/** The run's own time is up, or that of its whole chain. */
export function timeOutRun(t: Transition): void {
  const { executionExpiresMs } = t.execution.options;
  forceCloseWorkflowTask(t);
  dropWaitingTask(t);
  t.flush();
  if (executionExpiresMs > 0 && executionExpiresMs <= t.nowMs) {
    t.record('timedOut', { retryState: RetryState.RETRY_STATE_TIMEOUT });
    return;
  }
  const failure: Failure = {
    message: 'workflow timeout',
    source: 'Server',
    timeoutFailureInfo: { timeoutType: TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE },
  };
  const { newRunId, retryState } = continueAfterFailure(t, failure);
  t.record('timedOut', { retryState, ...(newRunId ? { newExecutionRunId: newRunId } : {}) });
}
