/** What the first event says of a run, as the isolate is told. */
import { toWallFailure } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { JobOf, RunFacts } from '@reprise/workflow/runtime';
import type { HistoryEvent } from './event-type.ts';
import { positiveSpanMs, spanMs } from './wall-time.ts';
import { priorityShape, retryPolicyShape, wallHeaders, wallMap, wallPayloads } from './wall-values.ts';

type Started = temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;

/** What identifies a run beyond its history. */
export interface RunIdentity {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

export function initializeJob(event: HistoryEvent, identity: RunIdentity): JobOf<'initialize'> {
  const started = event.workflowExecutionStartedEventAttributes ?? {};
  const facts: RunFacts = {
    workflowId: identity.workflowId,
    runId: identity.runId,
    namespace: identity.namespace,
    workflowType: started.workflowType?.name ?? '',
    taskQueue: started.taskQueue?.name ?? '',
    firstExecutionRunId: started.firstExecutionRunId || identity.runId,
    originalExecutionRunId: started.originalExecutionRunId || identity.runId,
    attempt: started.attempt || 1,
    startTimeMs: spanMs(event.eventTime) ?? 0,
    taskTimeoutMs: spanMs(started.workflowTaskTimeout) ?? 10_000,
    ...relatives(started),
    ...limits(started),
    ...carriedOver(started),
  };
  return { kind: 'initialize', facts, args: wallPayloads(started.input), headers: wallHeaders(started.header) };
}

function relatives(started: Started): Partial<RunFacts> {
  const facts: Partial<RunFacts> = {};
  const parent = started.parentWorkflowExecution;
  if (parent) {
    const namespace = started.parentWorkflowNamespace ?? '';
    facts.parent = { workflowId: parent.workflowId ?? '', runId: parent.runId ?? '', namespace };
  }
  const root = started.rootWorkflowExecution;
  if (root) facts.root = { workflowId: root.workflowId ?? '', runId: root.runId ?? '' };
  if (started.continuedExecutionRunId) facts.continuedFromExecutionRunId = started.continuedExecutionRunId;
  if (started.priority) facts.priority = priorityShape(started.priority);
  return facts;
}

function limits(started: Started): Partial<RunFacts> {
  const facts: Partial<RunFacts> = {};
  const executionTimeoutMs = positiveSpanMs(started.workflowExecutionTimeout);
  if (executionTimeoutMs !== undefined) facts.executionTimeoutMs = executionTimeoutMs;
  const expirationMs = positiveSpanMs(started.workflowExecutionExpirationTime);
  if (expirationMs !== undefined) facts.executionExpirationTimeMs = expirationMs;
  const runTimeoutMs = positiveSpanMs(started.workflowRunTimeout);
  if (runTimeoutMs !== undefined) facts.runTimeoutMs = runTimeoutMs;
  if (started.retryPolicy) facts.retryPolicy = retryPolicyShape(started.retryPolicy);
  if (started.cronSchedule) {
    facts.cronSchedule = started.cronSchedule;
    facts.cronScheduleToScheduleIntervalMs = spanMs(started.firstWorkflowTaskBackoff) ?? 0;
  }
  return facts;
}

function carriedOver(started: Started): Partial<RunFacts> {
  const facts: Partial<RunFacts> = {};
  if (started.memo?.fields) facts.memo = wallMap(started.memo.fields);
  if (started.searchAttributes?.indexedFields) facts.searchAttributes = wallMap(started.searchAttributes.indexedFields);
  if (started.lastCompletionResult) facts.lastResult = wallPayloads(started.lastCompletionResult);
  if (started.continuedFailure) facts.lastFailure = toWallFailure(started.continuedFailure);
  return facts;
}
