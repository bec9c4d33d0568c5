/** A pending Nexus operation: scheduled, perhaps started, until an event ends it. */
import type { temporal } from '@reprise/proto';

export interface NexusOperation {
  readonly scheduledEventId: number;
  readonly attributes: temporal.api.history.v1.NexusOperationScheduledEventAttributes;
  readonly scheduledTimeMs: number;
  readonly requestId: string;
  readonly state: 'scheduled' | 'backingOff' | 'started';
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
  readonly state: 'waiting' | 'scheduled' | 'backingOff' | 'delivered' | 'failed';
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
