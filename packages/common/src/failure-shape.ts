/** The plain shape of temporal.api.failure.v1.Failure, over either shape of a payload. */
import type { Payload, WallPayload } from './payload-shape.ts';

export interface PlainDuration {
  seconds?: number | null;
  nanos?: number | null;
}

export interface FailureShape<P = Payload> {
  message?: string | null;
  source?: string | null;
  stackTrace?: string | null;
  encodedAttributes?: P | null;
  cause?: FailureShape<P> | null;
  applicationFailureInfo?: {
    type?: string | null;
    nonRetryable?: boolean | null;
    details?: { payloads?: P[] | null } | null;
    nextRetryDelay?: PlainDuration | null;
    category?: number | null;
  } | null;
  timeoutFailureInfo?: { timeoutType?: number | null; lastHeartbeatDetails?: { payloads?: P[] | null } | null } | null;
  canceledFailureInfo?: { details?: { payloads?: P[] | null } | null; identity?: string | null } | null;
  terminatedFailureInfo?: { identity?: string | null } | null;
  serverFailureInfo?: { nonRetryable?: boolean | null } | null;
  resetWorkflowFailureInfo?: { lastHeartbeatDetails?: { payloads?: P[] | null } | null } | null;
  activityFailureInfo?: {
    scheduledEventId?: number | null;
    startedEventId?: number | null;
    identity?: string | null;
    activityType?: { name?: string | null } | null;
    activityId?: string | null;
    retryState?: number | null;
  } | null;
  childWorkflowExecutionFailureInfo?: {
    namespace?: string | null;
    workflowExecution?: { workflowId?: string | null; runId?: string | null } | null;
    workflowType?: { name?: string | null } | null;
    initiatedEventId?: number | null;
    startedEventId?: number | null;
    retryState?: number | null;
  } | null;
  nexusOperationExecutionFailureInfo?: {
    scheduledEventId?: number | null;
    endpoint?: string | null;
    service?: string | null;
    operation?: string | null;
    operationId?: string | null;
    operationToken?: string | null;
  } | null;
  nexusHandlerFailureInfo?: { type?: string | null; retryBehavior?: number | null } | null;
}

/** A failure as it crosses the wall of the isolate. */
export type WallFailure = FailureShape<WallPayload>;
