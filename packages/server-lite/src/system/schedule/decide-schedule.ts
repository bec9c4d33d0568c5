/** What a schedule does at a moment, and what it makes of what happened: records in, records out. */
import { ScheduleOverlapPolicy, type temporal, WorkflowExecutionStatus } from '@reprise/proto';
import { fromDuration, fromTimestamp } from '../../rpc/wire-time.ts';
import type { BufferedStart } from './overlap.ts';
import type { Backfill, ScheduleAction, ScheduleRecord } from './schedule-record.ts';
import type { SpecTimes } from './spec-times.ts';

type Patch = temporal.api.schedule.v1.SchedulePatch;
type State = temporal.api.schedule.v1.ScheduleState;

const longestBuffer = 1000;
const mostTimesAtOnce = 10_000;
const recentActions = 10;

export function withState(record: ScheduleRecord, change: State): ScheduleRecord {
  const state = { ...record.schedule.state, ...change };
  return { ...record, schedule: { ...record.schedule, state }, revision: record.revision + 1 };
}

/** No action is left of a limited number. */
export const isExhausted = (record: ScheduleRecord): boolean =>
  record.schedule.state?.limitedActions === true && (record.schedule.state.remainingActions ?? 0) <= 0;

function bufferStart(record: ScheduleRecord, start: BufferedStart): ScheduleRecord {
  if (record.buffer.length >= longestBuffer) return { ...record, bufferDropped: record.bufferDropped + 1 };
  return { ...record, buffer: [...record.buffer, start] };
}

/** Buffers what has come due. Afterwards `processedMs` is the last nominal time looked at. */
export function takeDue(
  record: ScheduleRecord,
  times: SpecTimes,
  options: { nowMs: number; newRequestId: () => string },
): ScheduleRecord {
  const { nowMs, newRequestId } = options;
  const catchupMs = fromDuration(record.schedule.policies?.catchupWindow);
  let next = record;
  for (let count = 0; count < mostTimesAtOnce; count++) {
    const due = times.next(next.processedMs);
    if (!due || due.actualMs > nowMs) break;
    next = { ...next, processedMs: due.nominalMs };
    if (next.schedule.state?.paused || isExhausted(next)) continue;
    if (nowMs - due.actualMs > catchupMs) next = { ...next, missedCatchup: next.missedCatchup + 1 };
    else next = bufferStart(next, { ...due, overlapPolicy: 0, manual: false, requestId: newRequestId() });
  }
  return takeBackfills(next, times, newRequestId);
}

function takeBackfills(record: ScheduleRecord, times: SpecTimes, newRequestId: () => string): ScheduleRecord {
  let next = record;
  const left: Backfill[] = [];
  for (const backfill of record.backfills) {
    let afterMs = backfill.afterMs;
    while (next.buffer.length < longestBuffer) {
      const due = times.next(afterMs);
      if (!due || due.nominalMs > backfill.endMs) {
        afterMs = Number.POSITIVE_INFINITY;
        break;
      }
      afterMs = due.nominalMs;
      const { overlapPolicy } = backfill;
      next = bufferStart(next, { ...due, overlapPolicy, manual: true, requestId: newRequestId() });
    }
    if (Number.isFinite(afterMs)) left.push({ ...backfill, afterMs });
  }
  return { ...next, backfills: left };
}

export function applyPatch(
  record: ScheduleRecord,
  patch: Patch,
  options: { nowMs: number; newRequestId: () => string },
): ScheduleRecord {
  let next = record;
  if (patch.triggerImmediately) {
    const { overlapPolicy, scheduledTime } = patch.triggerImmediately;
    const atMs = scheduledTime ? fromTimestamp(scheduledTime) : options.nowMs;
    const start = { nominalMs: atMs, actualMs: atMs, overlapPolicy: overlapPolicy ?? 0, manual: true };
    next = bufferStart(next, { ...start, requestId: options.newRequestId() });
  }
  const backfills = (patch.backfillRequest ?? []).map((request) => ({
    afterMs: request.startTime ? fromTimestamp(request.startTime) - 1 : 0,
    endMs: request.endTime ? fromTimestamp(request.endTime) : 0,
    overlapPolicy: request.overlapPolicy ?? 0,
  }));
  next = { ...next, backfills: [...next.backfills, ...backfills] };
  if (patch.pause) next = withState(next, { paused: true, notes: patch.pause });
  if (patch.unpause) next = withState(next, { paused: false, notes: patch.unpause });
  return next;
}

/** Counts a start that is about to be made; undefined when it may not be made any more. */
export function admitted(record: ScheduleRecord, start: BufferedStart): ScheduleRecord | undefined {
  const { paused, limitedActions, remainingActions } = record.schedule.state ?? {};
  if (start.manual) return record;
  if (paused || isExhausted(record)) return undefined;
  return limitedActions ? withState(record, { remainingActions: (remainingActions ?? 0) - 1 }) : record;
}

/** A start was made. One that runs beside others is not waited for. */
export function recordStarted(record: ScheduleRecord, start: BufferedStart, action: ScheduleAction): ScheduleRecord {
  const policy = start.overlapPolicy || record.schedule.policies?.overlapPolicy;
  const isExclusive = policy !== ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL;
  const { workflowId, runId } = action;
  return {
    ...record,
    actionCount: record.actionCount + 1,
    recent: [...record.recent, action].slice(-recentActions),
    running: isExclusive ? [...record.running, { workflowId, runId }] : record.running,
  };
}

export interface Closed {
  readonly workflowId: string;
  /** Of the run that was started; later runs of its chain count as it. */
  readonly runId: string;
  readonly status: number;
  readonly result?: temporal.api.common.v1.Payloads | undefined;
  readonly failure?: temporal.api.failure.v1.Failure | undefined;
}

/** The schedule looks at what it has started, as it does whenever it acts or is asked about. */
export function noticeClosed(record: ScheduleRecord): ScheduleRecord {
  if (!record.recent.some(({ isUnnoticed }) => isUnnoticed)) return record;
  return { ...record, recent: record.recent.map((action) => ({ ...action, isUnnoticed: false })) };
}

/** A start of the schedule has come to its end. */
export function recordClosed(record: ScheduleRecord, closed: Closed): ScheduleRecord {
  if (!record.running.some(({ runId }) => runId === closed.runId)) return record;
  const isWatched = record.buffer.length > 0 || record.schedule.policies?.pauseOnFailure === true;
  const next = {
    ...record,
    running: record.running.filter(({ runId }) => runId !== closed.runId),
    recent: record.recent.map((action) =>
      action.runId === closed.runId ? { ...action, status: closed.status, isUnnoticed: !isWatched } : action,
    ),
  };
  if (closed.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
    return { ...next, lastResult: closed.result, continuedFailure: undefined };
  }
  const isFailed = closed.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
  const isTimedOut = closed.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT;
  const failed = isFailed ? { ...next, continuedFailure: closed.failure } : next;
  if (!record.schedule.policies?.pauseOnFailure || !(isFailed || isTimedOut)) return failed;
  const notes = isFailed
    ? `paused due to workflow failure: ${closed.workflowId}: ${closed.failure?.message ?? ''}`
    : `paused due to workflow timeout: ${closed.workflowId}`;
  return withState(failed, { paused: true, notes });
}

/** The next times at which the schedule would act. */
export function futureTimes(record: ScheduleRecord, times: SpecTimes, count: number): number[] {
  const state = record.schedule.state;
  const most = state?.limitedActions ? Math.min(count, state.remainingActions ?? 0) : count;
  const found: number[] = [];
  let afterMs = record.processedMs;
  while (found.length < most) {
    const next = times.next(afterMs);
    if (!next) break;
    found.push(next.actualMs);
    afterMs = next.nominalMs;
  }
  return found;
}
