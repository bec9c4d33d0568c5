import type { temporal } from '@reprise/proto';
import type { BufferedStart } from './overlap.ts';

export type Schedule = temporal.api.schedule.v1.Schedule;
type Payloads = temporal.api.common.v1.Payloads;

/** One start that a schedule has made. */
export interface ScheduleAction {
  readonly nominalMs: number;
  readonly actualMs: number;
  readonly workflowId: string;
  readonly runId: string;
  /** WorkflowExecutionStatus. */
  readonly status: number;
  /** It has closed, and is shown as running until the schedule next looks. */
  readonly isUnnoticed?: boolean;
}

export interface Backfill {
  /** Nominal times after this are still to be done. */
  readonly afterMs: number;
  readonly endMs: number;
  readonly overlapPolicy: number;
}

/** All there is to know of a schedule, as it is stored. Times are server time, ms since the epoch. */
export interface ScheduleRecord {
  readonly namespaceId: string;
  readonly namespace: string;
  readonly id: string;
  /** Its negative key in the visibility table. */
  readonly visibilityKey: number;
  /** The run id that it shows there. */
  readonly runId: string;
  /** In canonical form. */
  readonly schedule: Schedule;
  readonly memo?: temporal.api.common.v1.Memo | undefined;
  readonly searchAttributes?: temporal.api.common.v1.SearchAttributes | undefined;
  readonly createRequestId: string;
  /** Of the last changes: sent again, they change nothing. */
  readonly requestIds?: readonly string[];
  readonly createMs: number;
  readonly updateMs?: number | undefined;
  /** Counts changes of `schedule`. */
  readonly revision: number;
  /** Nominal times up to here have been dealt with. */
  readonly processedMs: number;
  readonly backfills: readonly Backfill[];
  readonly buffer: readonly BufferedStart[];
  readonly running: readonly { readonly workflowId: string; readonly runId: string }[];
  readonly recent: readonly ScheduleAction[];
  readonly actionCount: number;
  readonly missedCatchup: number;
  readonly overlapSkipped: number;
  readonly bufferDropped: number;
  readonly lastResult?: Payloads | undefined;
  readonly continuedFailure?: temporal.api.failure.v1.Failure | undefined;
}

export const scheduleWorkflowId = (scheduleId: string): string => `temporal-sys-scheduler:${scheduleId}`;
