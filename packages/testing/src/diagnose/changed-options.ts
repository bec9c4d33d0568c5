/** Options of a step that differ from what was recorded, where the server did not fill them in or cut them short. */
import type { google, temporal } from '@reprise/proto';
import type { HistoryEvent } from '@reprise/worker/replay';
import type { IntentOf, RetryPolicyShape } from '@reprise/workflow/runtime';

/** What the first event says that options default to, or are limited by. */
export type RunDefaults = Pick<
  temporal.api.history.v1.WorkflowExecutionStartedEventAttributes,
  'taskQueue' | 'workflowRunTimeout'
>;

type Option = readonly [name: string, was: unknown, is: unknown];

/** Such as `heartbeatTimeout 30s -> 10s`; empty when nothing differs. */
export function changedActivityOptions(
  event: HistoryEvent,
  intent: IntentOf<'scheduleActivity'>,
  defaults: RunDefaults | undefined,
): string[] {
  const recorded = event.activityTaskScheduledEventAttributes ?? {};
  const startToCloseMs = ms(recorded.startToCloseTimeout);
  const scheduleToCloseMs = ms(recorded.scheduleToCloseTimeout);
  const runMs = ms(defaults?.workflowRunTimeout);
  return differing([
    ['startToCloseTimeout', startToCloseMs, limited(intent.startToCloseTimeoutMs, [scheduleToCloseMs, runMs])],
    ['scheduleToCloseTimeout', scheduleToCloseMs, limited(intent.scheduleToCloseTimeoutMs, [runMs])],
    [
      'scheduleToStartTimeout',
      ms(recorded.scheduleToStartTimeout),
      limited(intent.scheduleToStartTimeoutMs, [scheduleToCloseMs, runMs]),
    ],
    [
      'heartbeatTimeout',
      ms(recorded.heartbeatTimeout),
      limited(intent.heartbeatTimeoutMs ?? 0, [startToCloseMs, scheduleToCloseMs, runMs]),
    ],
    ['taskQueue', recorded.taskQueue?.name, intent.taskQueue || defaults?.taskQueue?.name],
    ...retryOptions(recorded.retryPolicy, intent.retryPolicy),
  ]);
}

export function changedChildOptions(
  event: HistoryEvent,
  intent: IntentOf<'startChild'>,
  defaults: RunDefaults | undefined,
): string[] {
  const recorded = event.startChildWorkflowExecutionInitiatedEventAttributes ?? {};
  // Zero means what the server takes for it, which is the first value.
  const policy = (value: number | null | undefined): number => value || 1;
  return differing([
    ['parentClosePolicy', policy(recorded.parentClosePolicy), policy(intent.parentClosePolicy)],
    ['workflowIdReusePolicy', policy(recorded.workflowIdReusePolicy), policy(intent.workflowIdReusePolicy)],
    ['taskQueue', recorded.taskQueue?.name, intent.taskQueue || defaults?.taskQueue?.name],
    ['workflowExecutionTimeout', ms(recorded.workflowExecutionTimeout), intent.executionTimeoutMs],
    ['workflowRunTimeout', ms(recorded.workflowRunTimeout), intent.runTimeoutMs],
    ['workflowTaskTimeout', ms(recorded.workflowTaskTimeout), intent.taskTimeoutMs],
    ['cronSchedule', recorded.cronSchedule ?? '', intent.cronSchedule],
    ...(recorded.retryPolicy ? retryOptions(recorded.retryPolicy, intent.retryPolicy) : []),
  ]);
}

/** Intervals default to what the cluster is set up with, so they count only where the code gives them. */
function retryOptions(
  recorded: temporal.api.common.v1.RetryPolicy | null | undefined,
  now: RetryPolicyShape | undefined,
): Option[] {
  // A policy that is left out altogether is the cluster's too.
  if (!recorded) return [];
  const types = (names: readonly string[] | null | undefined): string => [...(names ?? [])].sort().join(', ');
  return [
    ['retry.maximumAttempts', recorded.maximumAttempts ?? 0, now?.maximumAttempts ?? 0],
    ['retry.initialInterval', ms(recorded.initialInterval), now?.initialIntervalMs],
    ['retry.maximumInterval', ms(recorded.maximumInterval), now?.maximumIntervalMs],
    ['retry.backoffCoefficient', recorded.backoffCoefficient ?? 0, now?.backoffCoefficient],
    ['retry.nonRetryableErrorTypes', types(recorded.nonRetryableErrorTypes), types(now?.nonRetryableErrorTypes)],
  ];
}

function differing(options: readonly Option[]): string[] {
  return options
    .filter(([, was, is]) => is !== undefined && was !== undefined && was !== is)
    .map(([name, was, is]) => `${name} ${show(name, was)} -> ${show(name, is)}`);
}

function show(name: string, value: unknown): string {
  const unit = /(?:Timeout|Interval)$/.test(name) ? ' ms' : '';
  return value === '' ? 'none' : `${String(value)}${unit}`;
}

/** The server cuts a length to the shortest limit that is set. */
function limited(lengthMs: number | undefined, limitsMs: readonly number[]): number | undefined {
  return lengthMs === undefined ? undefined : Math.min(lengthMs, ...limitsMs.filter((limitMs) => limitMs > 0));
}

function ms(span: google.protobuf.Duration | null | undefined): number {
  return (span?.seconds ?? 0) * 1000 + (span?.nanos ?? 0) / 1e6;
}
