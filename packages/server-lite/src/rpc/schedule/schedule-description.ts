import { type temporal, WorkflowExecutionStatus } from '@reprise/proto';
import { futureTimes } from '../../system/schedule/decide-schedule.ts';
import type { ScheduleAction, ScheduleRecord } from '../../system/schedule/schedule-record.ts';
import type { SpecTimes } from '../../system/schedule/spec-times.ts';
import { toTimestamp } from '../wire-time.ts';

type ActionResult = temporal.api.schedule.v1.ScheduleActionResult;

export const actionResult = (action: ScheduleAction): ActionResult => ({
  scheduleTime: toTimestamp(action.nominalMs),
  actualTime: toTimestamp(action.actualMs),
  startWorkflowResult: { workflowId: action.workflowId, runId: action.runId },
  startWorkflowStatus: (action.isUnnoticed
    ? WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
    : action.status) as ActionResult['startWorkflowStatus'],
});

const shownInDescription = 10;
const shownInList = 5;
const mostSpecParts = 10;

export function scheduleInfo(record: ScheduleRecord, times: SpecTimes): temporal.api.schedule.v1.ScheduleInfo {
  return {
    actionCount: record.actionCount,
    missedCatchupWindow: record.missedCatchup,
    overlapSkipped: record.overlapSkipped,
    bufferDropped: record.bufferDropped,
    bufferSize: record.buffer.length,
    runningWorkflows: record.running.map((execution) => ({ ...execution })),
    recentActions: record.recent.map(actionResult),
    futureActionTimes: futureTimes(record, times, shownInDescription).map(toTimestamp),
    createTime: toTimestamp(record.createMs),
    ...(record.updateMs === undefined ? {} : { updateTime: toTimestamp(record.updateMs) }),
  };
}

type Spec = temporal.api.schedule.v1.ScheduleSpec;

/** The first of many parts are enough for a list. */
function listedSpec(spec: Spec): Spec {
  const listed: Spec = { ...spec };
  for (const parts of ['interval', 'structuredCalendar', 'excludeStructuredCalendar'] as const) {
    if (spec[parts]) Object.assign(listed, { [parts]: spec[parts].slice(0, mostSpecParts) });
  }
  delete listed.timezoneData;
  return listed;
}

export function scheduleListInfo(record: ScheduleRecord, times: SpecTimes): temporal.api.schedule.v1.ScheduleListInfo {
  const { spec, action, state } = record.schedule;
  const workflowType = action?.startWorkflow?.workflowType;
  return {
    spec: listedSpec(spec ?? {}),
    ...(workflowType ? { workflowType } : {}),
    notes: state?.notes ?? '',
    paused: state?.paused === true,
    recentActions: record.recent.slice(-shownInList).map(actionResult),
    futureActionTimes: futureTimes(record, times, shownInList).map(toTimestamp),
  };
}

export function conflictToken(record: ScheduleRecord): Uint8Array {
  const token = Buffer.alloc(8);
  token.writeBigInt64BE(BigInt(record.revision));
  return token;
}
