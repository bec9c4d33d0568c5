/** Start, options and end of a run, as its events tell them. */
import { noteBuildIds } from './build-ids.ts';
import type { Execution } from './execution.ts';
import { noteOwn, takeBuildIds } from './given-build-ids.ts';
import { startVersioning } from './inherited-version.ts';
import { eventName } from './event-kinds.ts';
import type { HistoryEvent, Payload, StartedAttributes } from './wire.ts';
import { durationMs, timestampMs } from './wire.ts';

export function applyStarted(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowExecutionStartedEventAttributes ?? {};
  const startTimeMs = timestampMs(event.eventTime);
  execution.started = attributes;
  execution.startTimeMs = startTimeMs;
  execution.startLinks = event.links ?? [];
  execution.userMetadata = event.userMetadata ?? undefined;
  execution.options = {
    runTimeoutMs: durationMs(attributes.workflowRunTimeout),
    taskTimeoutMs: durationMs(attributes.workflowTaskTimeout),
    executionExpiresMs: timestampMs(attributes.workflowExecutionExpirationTime),
    taskQueue: attributes.taskQueue?.name ?? '',
    priority: attributes.priority,
    versioningOverride: attributes.versioningOverride,
  };
  startVersioning(execution, attributes);
  const backoffMs = durationMs(attributes.firstWorkflowTaskBackoff);
  execution.backoffUntilMs = backoffMs > 0 ? startTimeMs + Math.ceil(backoffMs) : undefined;
  execution.awaitsParent = isFirstChildRun(attributes);
  execution.memo = present(attributes.memo?.fields);
  execution.searchAttributes = present(attributes.searchAttributes?.indexedFields);
  takeBuildIds(execution, attributes.searchAttributes?.indexedFields);
  execution.autoResetPoints = (attributes.prevAutoResetPoints?.points ?? []).map((point) => ({
    runId: point.runId ?? '',
    expireTimeMs: point.expireTime ? timestampMs(point.expireTime) : undefined,
    buildId: point.buildId ?? '',
    binaryChecksum: point.binaryChecksum ?? '',
    firstCompletedEventId: point.firstWorkflowTaskCompletedId ?? 0,
    createTimeMs: timestampMs(point.createTime),
    resettable: point.resettable ?? false,
  }));
  // Of the checksums of the runs before nothing is shown until this one adds its own.
  if (execution.autoResetPoints.length > 0) execution.versioning.given = new Set(['BinaryChecksums']);
  for (const [index, callback] of (attributes.completionCallbacks ?? []).entries()) {
    const id = `start-${index}`;
    execution.callbacks.set(id, {
      id,
      callback,
      registeredTimeMs: startTimeMs,
      state: 1,
      attempt: 0,
      lastAttemptMs: undefined,
      lastFailure: undefined,
      nextAttemptMs: undefined,
    });
  }
}

function isFirstChildRun(attributes: StartedAttributes): boolean {
  return Boolean(attributes.parentWorkflowExecution) && !attributes.continuedExecutionRunId;
}

function present(fields: { [key: string]: Payload } | null | undefined): Map<string, Payload> {
  return new Map(Object.entries(fields ?? {}));
}

const statusOf: Readonly<Record<string, number>> = {
  completed: 2,
  failed: 3,
  canceled: 4,
  terminated: 5,
  continuedAsNew: 6,
  timedOut: 7,
};

export function applyClosed(execution: Execution, event: HistoryEvent): void {
  execution.status = statusOf[eventName(event)] ?? 0;
  execution.closed = { event, timeMs: timestampMs(event.eventTime), newRunId: newRunIdOf(event) };
  execution.buffered = [];
  execution.bufferedBytes = 0;
}

function newRunIdOf(event: HistoryEvent): string {
  return (
    event.workflowExecutionCompletedEventAttributes?.newExecutionRunId ??
    event.workflowExecutionFailedEventAttributes?.newExecutionRunId ??
    event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId ??
    event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
    ''
  );
}

/** A payload whose data is empty takes the field away. */
export function mergeFields(
  into: Map<string, Payload>,
  fields: { [key: string]: Payload } | null | undefined,
): Map<string, Payload> {
  const merged = new Map(into);
  for (const [key, payload] of Object.entries(fields ?? {})) {
    if (removes(payload)) merged.delete(key);
    else merged.set(key, payload);
  }
  return merged;
}

/** No data, or a JSON list without items. */
function removes(payload: Payload): boolean {
  const data = payload.data;
  if (!data || data.length === 0) return true;
  return data.length === 2 && data[0] === 0x5b && data[1] === 0x5d;
}

export function applyOptionsUpdated(execution: Execution, event: HistoryEvent): void {
  const attributes = event.workflowExecutionOptionsUpdatedEventAttributes ?? {};
  const eventId = event.eventId ?? 0;
  if (attributes.versioningOverride || attributes.unsetVersioningOverride) noteOwn(execution, 'BuildIds');
  if (attributes.versioningOverride) {
    execution.versioning.wasOverridden = true;
    if (eventId > 0) execution.versioning.hasRecordedOverride = true;
  }
  if (attributes.unsetVersioningOverride) execution.options = { ...execution.options, versioningOverride: undefined };
  if (attributes.versioningOverride) {
    execution.options = { ...execution.options, versioningOverride: attributes.versioningOverride };
  }
  if (attributes.priority) execution.options = { ...execution.options, priority: attributes.priority };
  noteBuildIds(execution);
  const requestId = attributes.attachedRequestId ?? '';
  if (requestId) {
    execution.requests.set(requestId, { eventType: event.eventType ?? 0, eventId, buffered: eventId === 0 });
  }
  for (const [index, callback] of (attributes.attachedCompletionCallbacks ?? []).entries()) {
    const id = `${requestId}-${index}`;
    if (execution.callbacks.has(id)) continue;
    execution.callbacks.set(id, {
      id,
      callback,
      registeredTimeMs: timestampMs(event.eventTime),
      state: 1,
      attempt: 0,
      lastAttemptMs: undefined,
      lastFailure: undefined,
      nextAttemptMs: undefined,
    });
  }
}
