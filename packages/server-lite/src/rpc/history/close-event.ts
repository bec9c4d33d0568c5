import { EventType, TimeoutType } from '@reprise/proto';
import type { HistoryEvent } from '../../execution/wire.ts';

const featureHeader = 'supported-features';
const followsNextRun = 'follows-next-run-id';

const followed = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  headers[featureHeader]?.split(',').includes(followsNextRun) === true;

/**
 * The event that closed a run, for those who wait for it. To a client that does not say that it follows the run after a
 * retry or after a scheduled one, the run shows as continued as new, which it follows.
 */
export function closeEventFor(
  event: HistoryEvent,
  headers: Readonly<Record<string, string | undefined>>,
): HistoryEvent {
  if (followed(headers)) return event;
  const { eventId, eventTime, version, taskId } = event;
  const attributes = continued(event);
  if (!attributes) return event;
  const base: HistoryEvent = { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW };
  for (const [name, value] of Object.entries({ eventId, eventTime, version, taskId })) {
    if (value !== undefined) Object.assign(base, { [name]: value });
  }
  return { ...base, workflowExecutionContinuedAsNewEventAttributes: attributes };
}

function continued(event: HistoryEvent): HistoryEvent['workflowExecutionContinuedAsNewEventAttributes'] {
  const completed = event.workflowExecutionCompletedEventAttributes;
  const failed = event.workflowExecutionFailedEventAttributes;
  const timedOut = event.workflowExecutionTimedOutEventAttributes;
  const newExecutionRunId = (completed ?? failed ?? timedOut)?.newExecutionRunId;
  if (!newExecutionRunId) return undefined;
  if (completed) return { newExecutionRunId, ...(completed.result ? { lastCompletionResult: completed.result } : {}) };
  if (failed) return { newExecutionRunId, ...(failed.failure ? { failure: failed.failure } : {}) };
  const timeoutFailureInfo = { timeoutType: TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE };
  return { newExecutionRunId, failure: { message: 'workflow timeout', source: 'Server', timeoutFailureInfo } };
}
