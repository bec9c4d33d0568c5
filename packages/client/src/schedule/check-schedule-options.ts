import { checkOption, checkOptions, checkSpelling, describeOption, knownOfRetryPolicy } from '@reprise/common';
import type { ScheduleOptions, ScheduleOptionsAction, ScheduleUpdateOptions } from './schedule-options.ts';
import type { ScheduleSpec } from './schedule-spec.ts';

const calendarFields = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'year', 'dayOfWeek', 'comment'];

type Known<Options> = { readonly [Name in keyof Required<Options>]: true };

const known: Known<ScheduleOptions> = {
  scheduleId: true,
  spec: true,
  action: true,
  policies: true,
  memo: true,
  searchAttributes: true,
  typedSearchAttributes: true,
  state: true,
};

const knownOfSpec: Known<ScheduleSpec> = {
  calendars: true,
  intervals: true,
  cronExpressions: true,
  skip: true,
  startAt: true,
  endAt: true,
  jitter: true,
  timezone: true,
};

const knownOfAction: Known<ScheduleOptionsAction> = {
  type: true,
  workflowType: true,
  workflowId: true,
  taskQueue: true,
  args: true,
  retry: true,
  memo: true,
  searchAttributes: true,
  typedSearchAttributes: true,
  staticSummary: true,
  staticDetails: true,
  priority: true,
  workflowExecutionTimeout: true,
  workflowRunTimeout: true,
  workflowTaskTimeout: true,
};

const knownOfPolicies: Known<ScheduleOptions['policies'] & object> = {
  overlap: true,
  catchupWindow: true,
  pauseOnFailure: true,
};

const knownOfState: Known<ScheduleOptions['state'] & object> = {
  note: true,
  paused: true,
  remainingActions: true,
  triggerImmediately: true,
  backfill: true,
};

/** Throws TypeError for options of a schedule that are of another kind than they must be, naming them. */
export function checkScheduleOptions(options: ScheduleOptions): void {
  checkOption('ScheduleOptions', options, 'object');
  checkSpelling('ScheduleOptions', options, known);
  if (!options.scheduleId) throw new TypeError('Missing ScheduleOptions.scheduleId');
  checkOption('ScheduleOptions.scheduleId', options.scheduleId, 'string');
  checkScheduleParts(options);
}

/** The same for what a schedule and its update have in common. */
export function checkScheduleParts({ spec, action, policies, state }: ScheduleOptions | ScheduleUpdateOptions): void {
  checkOptions('ScheduleOptions.spec', spec, {
    calendars: 'array',
    intervals: 'array',
    cronExpressions: 'array',
    skip: 'array',
    startAt: 'date',
    endAt: 'date',
    jitter: 'duration',
    timezone: 'string',
  });
  checkSpelling('ScheduleOptions.spec', spec, knownOfSpec);
  for (const [at, calendar] of [...(spec.calendars ?? []), ...(spec.skip ?? [])].entries()) {
    checkOption(`Calendar ${at + 1} of ScheduleOptions.spec`, calendar, 'object');
    const unknown = Object.keys(calendar).find((name) => !calendarFields.includes(name));
    if (unknown === undefined) continue;
    throw new TypeError(
      `Calendar ${at + 1} of ScheduleOptions.spec has no field ${unknown}; there are ${calendarFields.join(', ')}`,
    );
  }
  for (const [at, interval] of (spec.intervals ?? []).entries()) {
    const where = `ScheduleOptions.spec.intervals[${at}]`;
    checkOptions(where, interval, { offset: 'duration' });
    checkOption(`${where}.every`, interval.every, 'duration');
  }
  checkOption('ScheduleOptions.action', action, 'object');
  if (action.type !== 'startWorkflow') {
    throw new TypeError(`ScheduleOptions.action.type must be 'startWorkflow', got ${describeOption(action.type)}`);
  }
  const { taskQueue, workflowType }: { taskQueue?: unknown; workflowType?: unknown } = action;
  if (!taskQueue) throw new TypeError("Missing ScheduleOptions.action.taskQueue for 'startWorkflow' action");
  if (!workflowType) throw new TypeError("Missing ScheduleOptions.action.workflowType for 'startWorkflow' action");
  checkOption('ScheduleOptions.action.taskQueue', taskQueue, 'string');
  checkOptions('ScheduleOptions.action', action, {
    args: 'array',
    workflowId: 'string',
    retry: 'object',
    memo: 'object',
    workflowExecutionTimeout: 'duration',
    workflowRunTimeout: 'duration',
    workflowTaskTimeout: 'duration',
  });
  checkSpelling('ScheduleOptions.action', action, knownOfAction);
  checkSpelling('ScheduleOptions.action.retry', action.retry ?? {}, knownOfRetryPolicy);
  checkOptions('ScheduleOptions.policies', policies ?? {}, { catchupWindow: 'duration', pauseOnFailure: 'boolean' });
  checkSpelling('ScheduleOptions.policies', policies ?? {}, knownOfPolicies);
  checkSpelling('ScheduleOptions.state', state ?? {}, knownOfState);
  checkOptions('ScheduleOptions.state', state ?? {}, { note: 'string', paused: 'boolean', remainingActions: 'number' });
  for (const [at, { start, end }] of (backfillsOf(state) ?? []).entries()) {
    checkOption(`ScheduleOptions.state.backfill[${at}].start`, start, 'date');
    checkOption(`ScheduleOptions.state.backfill[${at}].end`, end, 'date');
  }
}

function backfillsOf(state: ScheduleOptions['state']): { start: unknown; end: unknown }[] | undefined {
  checkOptions('ScheduleOptions.state', state ?? {}, { backfill: 'array' });
  return state?.backfill;
}
