/** What workers say of an activity's attempt, whether they name it by token or by id. */
import { invalidArgument } from '../../errors.ts';
import type { Activity } from '../../execution/activity-state.ts';
import {
  type Answerer,
  cancelActivity,
  completeActivity,
  failActivity,
} from '../../execution/decide/close-activity.ts';
import { payloadsBytes } from '../../execution/payload-size.ts';
import { failureBytes, truncatedFailure } from '../../execution/payload-size.ts';
import type { Execution } from '../../execution/execution.ts';
import type { Transition } from '../../execution/transition.ts';
import type { Failure, Payloads } from '../../execution/wire.ts';
import type { RunRow } from '../../store/store.ts';
import type { RpcContext } from '../rpc.ts';

export interface Answered extends Answerer {
  readonly run: RunRow;
  readonly find: (execution: Execution) => Activity;
}

const tooLarge = (message: string, cause?: Failure): Failure => ({
  message,
  serverFailureInfo: { nonRetryable: true },
  ...(cause ? { cause } : {}),
});

/** What is kept of a failure between attempts. */
const largestKept = 4 * 1024;

async function change(
  ctx: RpcContext,
  answered: Answered,
  decide: (t: Transition, activity: Activity) => void,
): Promise<void> {
  await ctx.engine.commit(() => ctx.engine.transact(answered.run, (t) => decide(t, answered.find(t.execution))));
}

export async function complete(
  ctx: RpcContext,
  answered: Answered,
  result: Payloads | null | undefined,
): Promise<void> {
  const { identity, workerVersion } = answered;
  const isTooLarge = payloadsBytes(result) > ctx.config.get('limit.blobSize.error');
  await change(ctx, answered, (t, activity) =>
    isTooLarge
      ? failActivity(t, activity, { failure: tooLarge('Complete result exceeds size limit.'), identity })
      : completeActivity(t, activity, { result, identity, workerVersion }),
  );
}

const heartbeatTooLarge = tooLarge('Heartbeat details exceed size limit.');

interface FailedAttempt {
  readonly failure: Failure | null | undefined;
  readonly lastHeartbeatDetails: Payloads | null | undefined;
  /** Named by its token: by its id the service looks less closely at the failure, and forgets the details. */
  readonly byToken: boolean;
}

/** @returns failures about the failure: what was too large to be taken as it is */
export async function fail(
  ctx: RpcContext,
  answered: Answered,
  { failure, lastHeartbeatDetails, byToken }: FailedAttempt,
): Promise<Failure[]> {
  const largest = ctx.config.get('limit.blobSize.error');
  const isTooLarge = failure ? failureBytes(failure) > largest : false;
  const detailsTooLarge = payloadsBytes(lastHeartbeatDetails) > largest;
  const problem = tooLarge('Failure exceeds size limit.', failure ? truncatedFailure(failure, largestKept) : undefined);
  const kept = isTooLarge ? problem : (failure ?? undefined);
  const heartbeatDetails = byToken && !detailsTooLarge ? (lastHeartbeatDetails ?? undefined) : undefined;
  const { identity, workerVersion } = answered;
  await change(ctx, answered, (t, activity) =>
    failActivity(t, activity, { failure: kept, heartbeatDetails, identity, workerVersion }),
  );
  return [...(detailsTooLarge ? [heartbeatTooLarge] : []), ...(isTooLarge ? [problem] : [])];
}

export async function cancel(ctx: RpcContext, answered: Answered, details: Payloads | null | undefined): Promise<void> {
  const isTooLarge = payloadsBytes(details) > ctx.config.get('limit.blobSize.error');
  await change(ctx, answered, (t, activity) => {
    if (!isTooLarge && !activity.cancelRequestedEventId && !t.execution.standalone) {
      throw invalidArgument('unable to mark activity as canceled without activity being request canceled first');
    }
    const { identity } = answered;
    if (isTooLarge) failActivity(t, activity, { failure: tooLarge('Cancel details exceed size limit.'), identity });
    else cancelActivity(t, activity, { details, identity });
  });
}

export interface HeartbeatAnswer {
  readonly cancelRequested: boolean;
  readonly activityPaused: boolean;
  readonly activityReset: boolean;
}

export async function heartbeat(
  ctx: RpcContext,
  answered: Answered,
  details: Payloads | null | undefined,
): Promise<HeartbeatAnswer> {
  const isTooLarge = payloadsBytes(details) > ctx.config.get('limit.blobSize.error');
  return await ctx.engine.commit(() =>
    ctx.engine.transact(answered.run, (t): HeartbeatAnswer => {
      const activity = answered.find(t.execution);
      const { scheduledEventId, cancelRequestedEventId, pause, resetRequested } = activity;
      if (isTooLarge) {
        failActivity(t, activity, { failure: heartbeatTooLarge, identity: answered.identity });
        return { cancelRequested: true, activityPaused: false, activityReset: false };
      }
      t.note({ kind: 'activityHeartbeat', scheduledEventId, details: details ?? undefined, timeMs: t.nowMs });
      return {
        cancelRequested: cancelRequestedEventId > 0,
        activityPaused: pause !== undefined,
        activityReset: resetRequested,
      };
    }),
  );
}
