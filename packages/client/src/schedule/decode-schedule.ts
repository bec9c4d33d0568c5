import {
  decodePriority,
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  decompileRetryPolicy,
  optionalTsToDate,
  optionalTsToMs,
  requiredTsToDate,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { ScheduleScope } from './schedule-scope.ts';
import type { Converter } from '../convert/converter.ts';
import { decodeUserMetadata } from '../convert/user-metadata.ts';
import { ScheduleOverlapPolicy, decodeScheduleOverlapPolicy } from './overlap-policy.ts';
import type {
  ScheduleDescription,
  ScheduleDescriptionAction,
  ScheduleExecutionActionResult,
  ScheduleExecutionResult,
  ScheduleSummary,
} from './schedule-options.ts';
import { decodeScheduleSpec } from './spec-codec.ts';

type RawDescription = temporal.api.workflowservice.v1.DescribeScheduleResponse;
type RawAction = temporal.api.workflow.v1.NewWorkflowExecutionInfo;
type RawInfo = temporal.api.schedule.v1.ScheduleInfo;
type RawTime = Parameters<typeof optionalTsToDate>[0];

const yearMs = 365 * 24 * 60 * 60 * 1_000;

/** Decodes the answer of `describe`. */
export async function decodeScheduleDescription(
  { converter, namespace }: Pick<ScheduleScope, 'converter' | 'namespace'>,
  scheduleId: string,
  raw: RawDescription,
): Promise<ScheduleDescription> {
  const { policies, state, spec, action } = raw.schedule ?? {};
  const memo = await converter.decodeMap(raw.memo?.fields);
  const started = action?.startWorkflow ?? {};
  const ofWorkflow = converter.within({ type: 'workflow', namespace, workflowId: started.workflowId ?? '' });
  return {
    scheduleId,
    spec: decodeScheduleSpec(spec ?? {}),
    action: await decodeAction(ofWorkflow, started),
    ...(memo && { memo }),
    searchAttributes: decodeSearchAttributes(raw.searchAttributes?.indexedFields),
    typedSearchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
    policies: {
      overlap: decodeScheduleOverlapPolicy(policies?.overlapPolicy) ?? ScheduleOverlapPolicy.SKIP,
      catchupWindow: optionalTsToMs(policies?.catchupWindow) ?? yearMs,
      pauseOnFailure: policies?.pauseOnFailure === true,
    },
    state: {
      paused: state?.paused === true,
      note: state?.notes ?? '',
      ...(state?.limitedActions === true && { remainingActions: state.remainingActions ?? 0 }),
    },
    info: decodeInfo(raw.info ?? {}),
    raw,
  };
}

/** Decodes an entry of `list`. */
export async function decodeScheduleSummary(
  converter: Converter,
  raw: temporal.api.schedule.v1.ScheduleListEntry,
): Promise<ScheduleSummary> {
  const { info } = raw;
  const memo = await converter.decodeMap(raw.memo?.fields);
  return {
    scheduleId: raw.scheduleId ?? '',
    ...(info?.spec && { spec: decodeScheduleSpec(info.spec) }),
    ...(info?.workflowType?.name
      ? { action: { type: 'startWorkflow' as const, workflowType: info.workflowType.name } }
      : {}),
    ...(memo && { memo }),
    searchAttributes: decodeSearchAttributes(raw.searchAttributes?.indexedFields),
    typedSearchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
    state: { paused: info?.paused === true, note: info?.notes ?? '' },
    info: { recentActions: decodeResults(info?.recentActions), nextActionTimes: decodeTimes(info?.futureActionTimes) },
  };
}

function decodeInfo(raw: RawInfo): ScheduleDescription['info'] {
  return {
    recentActions: decodeResults(raw.recentActions),
    nextActionTimes: decodeTimes(raw.futureActionTimes),
    createdAt: requiredTsToDate(raw.createTime, 'createTime'),
    lastUpdatedAt: optionalTsToDate(raw.updateTime),
    runningActions: (raw.runningWorkflows ?? []).map(decodeStarted),
    numActionsTaken: raw.actionCount ?? 0,
    numActionsMissedCatchupWindow: raw.missedCatchupWindow ?? 0,
    numActionsSkippedOverlap: raw.overlapSkipped ?? 0,
  };
}

async function decodeAction(converter: Converter, raw: RawAction): Promise<ScheduleDescriptionAction> {
  const memo = await converter.decodeMap(raw.memo?.fields);
  const { staticSummary, staticDetails } = await decodeUserMetadata(converter, raw.userMetadata);
  const timeouts = {
    workflowExecutionTimeout: optionalTsToMs(raw.workflowExecutionTimeout),
    workflowRunTimeout: optionalTsToMs(raw.workflowRunTimeout),
    workflowTaskTimeout: optionalTsToMs(raw.workflowTaskTimeout),
  };
  const retry = decompileRetryPolicy(raw.retryPolicy);
  const attributes = raw.searchAttributes?.indexedFields;
  return {
    type: 'startWorkflow',
    workflowId: raw.workflowId ?? '',
    workflowType: raw.workflowType?.name ?? '',
    taskQueue: raw.taskQueue?.name ?? '',
    args: await converter.decodeAll(raw.input),
    ...(memo && { memo }),
    searchAttributes: decodeSearchAttributes(attributes),
    typedSearchAttributes: decodeTypedSearchAttributes(attributes),
    ...(retry && { retry }),
    ...withoutUndefined(timeouts),
    ...withoutUndefined({ staticSummary, staticDetails }),
    ...(raw.priority && { priority: decodePriority(raw.priority) }),
  };
}

function decodeResults(
  results: readonly temporal.api.schedule.v1.ScheduleActionResult[] | null | undefined,
): ScheduleExecutionResult[] {
  return (results ?? []).flatMap(({ scheduleTime, actualTime, startWorkflowResult }) =>
    startWorkflowResult
      ? [
          {
            scheduledAt: requiredTsToDate(scheduleTime, 'scheduleTime'),
            takenAt: requiredTsToDate(actualTime, 'actualTime'),
            action: decodeStarted(startWorkflowResult),
          },
        ]
      : [],
  );
}

function decodeStarted({ workflowId, runId }: temporal.api.common.v1.WorkflowExecution): ScheduleExecutionActionResult {
  return { type: 'startWorkflow', workflow: { workflowId: workflowId ?? '', firstExecutionRunId: runId ?? '' } };
}

function decodeTimes(times: readonly NonNullable<RawTime>[] | null | undefined): Date[] {
  return (times ?? []).map((time) => requiredTsToDate(time, 'futureActionTimes'));
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
