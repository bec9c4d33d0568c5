/** A pending Nexus operation: scheduled, perhaps started, until an event ends it. */
import { type temporal, TimeoutType } from '@reprise/proto';
import { durationMs } from './wire.ts';

export interface NexusOperation {
  readonly scheduledEventId: number;
  readonly attributes: temporal.api.history.v1.NexusOperationScheduledEventAttributes;
  readonly scheduledTimeMs: number;
  readonly requestId: string;
  /** Blocked ones are due, and held back from an endpoint that fails. */
  readonly state: 'scheduled' | 'backingOff' | 'blocked' | 'started';
  readonly attempt: number;
  readonly lastAttemptMs: number | undefined;
  readonly lastFailure: temporal.api.failure.v1.Failure | undefined;
  readonly nextAttemptMs: number | undefined;
  readonly operationToken: string;
  readonly startedTimeMs: number | undefined;
  readonly cancel: NexusCancel | undefined;
}

export interface NexusCancel {
  readonly requestedEventId: number;
  readonly requestedTimeMs: number;
  /** Held until the operation has started; then tried until the handler has answered. */
  readonly state: 'waiting' | 'scheduled' | 'backingOff' | 'blocked' | 'delivered' | 'failed';
  readonly attempt: number;
  readonly lastAttemptMs: number | undefined;
  readonly lastFailure: temporal.api.failure.v1.Failure | undefined;
  readonly nextAttemptMs: number | undefined;
}

/** Which operation a failure is about. */
export const nexusFailureInfo = ({ attributes, scheduledEventId, operationToken }: NexusOperation) => ({
  scheduledEventId,
  endpoint: attributes.endpoint ?? '',
  service: attributes.service ?? '',
  operation: attributes.operation ?? '',
  operationId: operationToken,
  operationToken,
});

export interface NexusDeadline {
  readonly dueMs: number;
  readonly timeoutType: TimeoutType;
}

/** When the operation is out of time, and for which of its timeouts; undefined when nothing ends it. */
export function nexusDeadline(operation: NexusOperation): NexusDeadline | undefined {
  const { attributes, scheduledTimeMs, startedTimeMs } = operation;
  const isStarted = startedTimeMs !== undefined;
  const deadline = (
    sinceMs: number,
    timeout: Parameters<typeof durationMs>[0],
    timeoutType: TimeoutType,
  ): NexusDeadline[] => {
    const timeoutMs = durationMs(timeout);
    return timeoutMs > 0 ? [{ dueMs: Math.ceil(sinceMs + timeoutMs), timeoutType }] : [];
  };
  const step = isStarted
    ? deadline(startedTimeMs, attributes.startToCloseTimeout, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)
    : deadline(scheduledTimeMs, attributes.scheduleToStartTimeout, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
  const whole = deadline(
    scheduledTimeMs,
    attributes.scheduleToCloseTimeout,
    TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE,
  );
  return [...whole, ...step].sort((a, b) => a.dueMs - b.dueMs)[0];
}
