/** Options of a step that differ from what was recorded, where the server did not fill them in or cut them short. */
import type { google, temporal } from '@reprise/proto';
import type { HistoryEvent } from '@reprise/worker/replay';
import type { IntentOf, RetryPolicyShape } from '@reprise/workflow/runtime';

/** What the first event says that options default to, or are limited by. */
export type RunDefaults = Pick<
  temporal.api.history.v1.WorkflowExecutionStartedEventAttributes,
  'taskQueue' | 'workflowRunTimeout'
>;

/** Such as `heartbeatTimeout 30s -> 10s`; empty when nothing differs. */
export function changedActivityOptions(
  event: HistoryEvent,
  intent: IntentOf<'scheduleActivity'>,
  defaults: RunDefaults | undefined,
): string[] {
  const recorded = event.activityTaskScheduledEventAttributes ?? {};
  const startToCloseMs = ms(recorded.startToCloseTimeout);
  const scheduleToCloseMs = ms(recorded.scheduleToCloseTimeout);
  const scheduleToStartMs = ms(recorded.scheduleToStartTimeout);
  const heartbeatMs = ms(recorded.heartbeatTimeout);
  const runMs = ms(defaults?.workflowRunTimeout);
  const toStart = limited(intent.scheduleToStartTimeoutMs, scheduleToCloseMs, runMs);
  const heartbeat = limited(limited(intent.heartbeatTimeoutMs ?? 0, startToCloseMs, scheduleToCloseMs), runMs);
  const changes: string[] = [];
  note(changes, 'startToCloseTimeout', [
    startToCloseMs,
    limited(intent.startToCloseTimeoutMs, scheduleToCloseMs, runMs),
  ]);
  note(changes, 'scheduleToCloseTimeout', [scheduleToCloseMs, limited(intent.scheduleToCloseTimeoutMs, runMs)]);
  note(changes, 'scheduleToStartTimeout', [scheduleToStartMs, toStart]);
  note(changes, 'heartbeatTimeout', [heartbeatMs, heartbeat]);
  note(changes, 'taskQueue', [recorded.taskQueue?.name, intent.taskQueue || defaults?.taskQueue?.name]);
  noteRetryOptions(changes, recorded.retryPolicy, intent.retryPolicy);
  return changes;
}

export function changedChildOptions(
  event: HistoryEvent,
  intent: IntentOf<'startChild'>,
  defaults: RunDefaults | undefined,
): string[] {
  const recorded = event.startChildWorkflowExecutionInitiatedEventAttributes ?? {};
  // Zero means what the server takes for it, which is the first value.
  const policy = (value: number | null | undefined): number => value || 1;
  const changes: string[] = [];
  note(changes, 'parentClosePolicy', [policy(recorded.parentClosePolicy), policy(intent.parentClosePolicy)]);
  note(changes, 'workflowIdReusePolicy', [
    policy(recorded.workflowIdReusePolicy),
    policy(intent.workflowIdReusePolicy),
  ]);
  note(changes, 'taskQueue', [recorded.taskQueue?.name, intent.taskQueue || defaults?.taskQueue?.name]);
  note(changes, 'workflowExecutionTimeout', [ms(recorded.workflowExecutionTimeout), intent.executionTimeoutMs]);
  note(changes, 'workflowRunTimeout', [ms(recorded.workflowRunTimeout), intent.runTimeoutMs]);
  note(changes, 'workflowTaskTimeout', [ms(recorded.workflowTaskTimeout), intent.taskTimeoutMs]);
  note(changes, 'cronSchedule', [recorded.cronSchedule ?? '', intent.cronSchedule]);
  noteRetryOptions(changes, recorded.retryPolicy, intent.retryPolicy);
  return changes;
}

export function changedOperationOptions(
  event: HistoryEvent,
  intent: IntentOf<'scheduleNexusOperation'>,
  defaults: RunDefaults | undefined,
): string[] {
  const recorded = event.nexusOperationScheduledEventAttributes ?? {};
  const runMs = ms(defaults?.workflowRunTimeout);
  const changes: string[] = [];
  note(changes, 'endpoint', [recorded.endpoint, intent.endpoint]);
  const timeouts = ['scheduleToCloseTimeout', 'scheduleToStartTimeout', 'startToCloseTimeout'] as const;
  for (const name of timeouts) note(changes, name, [ms(recorded[name]), limited(intent[`${name}Ms`] ?? 0, runMs)]);
  return changes;
}

/** Of continue-as-new: what the next run is. Limits that are left out are those of this run. */
export function changedNextRunOptions(
  event: HistoryEvent,
  intent: IntentOf<'continueAsNew'>,
  defaults: RunDefaults | undefined,
): string[] {
  const recorded = event.workflowExecutionContinuedAsNewEventAttributes ?? {};
  const changes: string[] = [];
  note(changes, 'workflowType', [recorded.workflowType?.name, intent.workflowType]);
  note(changes, 'taskQueue', [recorded.taskQueue?.name, intent.taskQueue || defaults?.taskQueue?.name]);
  note(changes, 'workflowRunTimeout', [ms(recorded.workflowRunTimeout), intent.runTimeoutMs]);
  note(changes, 'workflowTaskTimeout', [ms(recorded.workflowTaskTimeout), intent.taskTimeoutMs]);
  return changes;
}

/** Intervals default to what the cluster is set up with, so they count only where the code gives them. */
function noteRetryOptions(
  changes: string[],
  recorded: temporal.api.common.v1.RetryPolicy | null | undefined,
  now: RetryPolicyShape | undefined,
): void {
  // A policy that is left out altogether is the cluster's too.
  if (!recorded) return;
  note(changes, 'retry.maximumAttempts', [recorded.maximumAttempts ?? 0, now?.maximumAttempts ?? 0]);
  note(changes, 'retry.initialInterval', [ms(recorded.initialInterval), now?.initialIntervalMs]);
  note(changes, 'retry.maximumInterval', [ms(recorded.maximumInterval), now?.maximumIntervalMs]);
  note(changes, 'retry.backoffCoefficient', [recorded.backoffCoefficient ?? 0, now?.backoffCoefficient]);
  note(changes, 'retry.nonRetryableErrorTypes', [
    namesOf(recorded.nonRetryableErrorTypes),
    namesOf(now?.nonRetryableErrorTypes),
  ]);
}

function namesOf(types: readonly string[] | null | undefined): string {
  return types && types.length > 0 ? [...types].sort().join(', ') : '';
}

function note(changes: string[], name: string, [was, is]: readonly [was: unknown, is: unknown]): void {
  if (is === undefined || was === undefined || was === is) return;
  changes.push(`${name} ${show(name, was)} -> ${show(name, is)}`);
}

function show(name: string, value: unknown): string {
  const unit = /(?:Timeout|Interval)$/.test(name) ? ' ms' : '';
  return value === '' ? 'none' : `${String(value)}${unit}`;
}

/** The server cuts a length to the shortest limit that is set. */
function limited(lengthMs: number | undefined, oneMs: number, otherMs = 0): number | undefined {
  if (lengthMs === undefined) return undefined;
  const atMostMs = oneMs > 0 ? Math.min(lengthMs, oneMs) : lengthMs;
  return otherMs > 0 ? Math.min(atMostMs, otherMs) : atMostMs;
}

function ms(span: google.protobuf.Duration | null | undefined): number {
  return (span?.seconds ?? 0) * 1000 + (span?.nanos ?? 0) / 1e6;
}
