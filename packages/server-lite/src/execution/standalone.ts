/**
 * An activity that was started on its own: a run whose only activity it is, and that ends with it.
 *
 *   scheduled -> started -> closed: completed, failed, timed out, canceled
 *       ^           | attempt failed or timed out
 *       +- backingOff
 *
 * It may be terminated at any time, and is canceled at once when it is asked to be while no attempt runs. No event of it
 * is recorded: it has no history.
 */
import type { temporal } from '@reprise/proto';
import type { Failure, HistoryEvent, Link, Payload, UserMetadata } from './wire.ts';

/** Under which the run keeps its activity. */
export const ownActivityId = 1;

export interface StandaloneStart {
  /** What it would have been scheduled by as an activity of a workflow. */
  readonly scheduled: HistoryEvent;
  readonly searchAttributes: { readonly [name: string]: Payload };
  /** The same as the request has them, which need not say what type they are; files of earlier versions have none. */
  readonly givenAttributes?: Standalone['givenAttributes'];
  readonly userMetadata: UserMetadata | undefined;
  readonly links: readonly Link[];
  /** Before its first attempt. */
  readonly delayMs: number;
}

export interface CancelRequest {
  readonly requestId: string;
  readonly identity: string;
  readonly reason: string;
}

/** Its ends, by the numbers of WorkflowExecutionStatus: lists know one set of statuses for all runs. */
export const standaloneEnds = {
  completed: { status: 2, name: 'Completed' },
  failed: { status: 3, name: 'Failed' },
  canceled: { status: 4, name: 'Canceled' },
  terminated: { status: 5, name: 'Terminated' },
  timedOut: { status: 7, name: 'TimedOut' },
} as const;
export type StandaloneEnd = keyof typeof standaloneEnds;

export interface StandaloneClose {
  readonly end: StandaloneEnd;
  readonly timeMs: number;
  readonly outcome: temporal.api.activity.v1.ActivityExecutionOutcome;
  /** The attempt that ended with it. */
  readonly attempt?: { readonly identity?: string; readonly failure?: Failure };
  /** The request that terminated it. */
  readonly requestId?: string;
}

export interface Standalone {
  /** Search attributes as they are shown. */
  readonly givenAttributes: { readonly [name: string]: Payload };
  readonly cancelRequest: CancelRequest | undefined;
  readonly lastHeartbeatMs: number | undefined;
  readonly close: StandaloneClose | undefined;
}
