import {
  compilePriority,
  compileRetryPolicy,
  encodeUnifiedSearchAttributes,
  extractWorkflowType,
  msOptionalToTs,
  optionalDateToTs,
} from '@reprise/common';
import type { Headers, SearchAttributePair, SearchAttributes, TypedSearchAttributes } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { Converter } from '../convert/converter.ts';
import { encodeUserMetadata } from '../convert/user-metadata.ts';
import { ScheduleOverlapPolicy, encodeScheduleOverlapPolicy } from './overlap-policy.ts';
import type {
  Backfill,
  CompiledScheduleAction,
  CompiledScheduleOptions,
  CompiledScheduleUpdateOptions,
  ScheduleOptions,
  ScheduleOptionsAction,
} from './schedule-options.ts';
import { encodeScheduleSpec } from './spec-codec.ts';

type Raw = temporal.api.schedule.v1.Schedule;
type RawPolicy = temporal.api.enums.v1.ScheduleOverlapPolicy;

/** An action with the id of its workflow filled in, and its workflow named. @throws TypeError for a workflow without name */
export function compileAction(scheduleId: string, action: ScheduleOptionsAction): CompiledScheduleAction {
  return {
    ...action,
    workflowId: action.workflowId ?? `${scheduleId}-workflow`,
    workflowType: extractWorkflowType(action.workflowType),
    args: [...(action.args ?? [])],
  };
}

/** The schedule of the wire. */
export async function encodeSchedule(
  converter: Converter,
  options: CompiledScheduleOptions | CompiledScheduleUpdateOptions,
  headers: Headers,
): Promise<Raw> {
  const { policies, state } = options;
  return {
    spec: encodeScheduleSpec(options.spec),
    action: { startWorkflow: await encodeAction(converter, options.action, headers) },
    policies: {
      overlapPolicy: encodeOverlap(policies?.overlap),
      catchupWindow: msOptionalToTs(policies?.catchupWindow),
      pauseOnFailure: policies?.pauseOnFailure ?? false,
    },
    state: {
      paused: state?.paused ?? false,
      notes: state?.note,
      limitedActions: state?.remainingActions !== undefined,
      remainingActions: state?.remainingActions,
    },
  };
}

/** What the server is to do as soon as the schedule exists; undefined when nothing. */
export function encodeInitialPatch({
  state,
  policies,
}: Pick<ScheduleOptions, 'state' | 'policies'>): temporal.api.schedule.v1.SchedulePatch | undefined {
  if (state?.triggerImmediately !== true && state?.backfill === undefined) return undefined;
  return {
    ...(state.triggerImmediately === true && {
      triggerImmediately: { overlapPolicy: encodeOverlap(policies?.overlap ?? ScheduleOverlapPolicy.ALLOW_ALL) },
    }),
    ...(state.backfill && { backfillRequest: encodeBackfills(state.backfill) }),
  };
}

/** Backfills of the wire. */
export function encodeBackfills(backfills: readonly Backfill[]): temporal.api.schedule.v1.BackfillRequest[] {
  return backfills.map(({ start, end, overlap }) => ({
    startTime: optionalDateToTs(start),
    endTime: optionalDateToTs(end),
    overlapPolicy: encodeOverlap(overlap),
  }));
}

/** The number of an overlap policy. */
export function encodeOverlap(policy: ScheduleOverlapPolicy | undefined): RawPolicy | undefined {
  return encodeScheduleOverlapPolicy(policy) as RawPolicy | undefined;
}

/** Search attributes of the wire; undefined when none are given. */
export function encodeAttributes(options: {
  searchAttributes?: SearchAttributes | undefined;
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes | undefined;
}): temporal.api.common.v1.SearchAttributes | undefined {
  const { searchAttributes, typedSearchAttributes } = options;
  if (searchAttributes === undefined && typedSearchAttributes === undefined) return undefined;
  return { indexedFields: encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes) };
}

async function encodeAction(converter: Converter, action: CompiledScheduleOptions['action'], headers: Headers) {
  return {
    workflowId: action.workflowId,
    workflowType: { name: action.workflowType },
    input: await converter.encodeArgs(action.args),
    taskQueue: { name: action.taskQueue },
    workflowExecutionTimeout: msOptionalToTs(action.workflowExecutionTimeout),
    workflowRunTimeout: msOptionalToTs(action.workflowRunTimeout),
    workflowTaskTimeout: msOptionalToTs(action.workflowTaskTimeout),
    retryPolicy: action.retry && compileRetryPolicy(action.retry),
    memo: action.memo && { fields: await converter.encodeMap(action.memo) },
    searchAttributes: encodeAttributes(action),
    header: { fields: headers },
    userMetadata: await encodeUserMetadata(converter, action),
    priority: action.priority && compilePriority(action.priority),
  };
}
