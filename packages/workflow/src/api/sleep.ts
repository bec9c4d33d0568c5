import { checkSpelling, msToNumber, ValueError, type Duration } from '@reprise/common';
import { ask, userMetadata } from '../run/asking.ts';
import { requireRun } from '../run/current-run.ts';
import { waitInScope } from '../run/current-scope.ts';
import { capturePlace, type Place } from '../run/place.ts';
import { withGroups } from './event-group-scope.ts';
import type { TimerInput, TimerOptions, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

const known: { readonly [Name in keyof Required<TimerOptions>]: true } = { summary: true, eventGroups: true };

/** Where the timer of a scope was asked for, while it is started. */
let placeOfCall: Place | undefined;

/** Like `sleep`, for code that waits on behalf of workflow code which asked for it at `place`. */
export function sleepFor(place: Place, ms: Duration): Promise<void> {
  placeOfCall = place;
  try {
    return sleep(ms);
  } finally {
    placeOfCall = undefined;
  }
}

function startTimer({ seq, durationMs, options }: TimerInput): Promise<void> {
  const run = requireRun('A timer can only be started by workflow code');
  const place = placeOfCall ?? capturePlace(sleep);
  return new Promise<unknown>((resolve, reject) => {
    const onCancel = (reason: unknown): void => {
      if (run.pending.take('timer', seq) === undefined) return;
      ask(run, { kind: 'cancelTimer', seq });
      reject(reason);
    };
    waitInScope(run, { kind: 'timer', seq }, { resolve, reject, place, onCancel }, () => {
      const intent = {
        kind: 'startTimer' as const,
        seq,
        delayMs: durationMs,
        ...userMetadata(run.payloadConverter, options?.summary),
      };
      withGroups(options?.eventGroups, () => ask(run, intent, place));
    });
  }) as Promise<void>;
}

/**
 * Waits on a durable timer.
 *
 * @param ms how long: milliseconds or text such as `'30 days'`; less than 1 ms counts as 1 ms
 * @throws CancelledFailure when the scope is cancelled
 * @throws IllegalStateError outside workflow code
 * @throws TypeError for an option that is misspelt
 * @example await sleep('1 hour', { summary: 'grace period' });
 */
export function sleep(ms: Duration, options?: TimerOptions): Promise<void> {
  const run = requireRun('Workflow.sleep(...) may only be used from a Workflow Execution');
  if (options) checkSpelling('TimerOptions', options, known);
  // A number is used up even when the timer is never started.
  const seq = run.seqs.timer++;
  const durationMs = Math.max(1, msToNumber(ms));
  if (!Number.isFinite(durationMs)) throw new ValueError(`Invalid millis ${durationMs}`);
  const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'startTimer'>(
    run.interceptors.outbound,
    'startTimer',
    startTimer,
  );
  return execute(options === undefined ? { durationMs, seq } : { durationMs, seq, options });
}
