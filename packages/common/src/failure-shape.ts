/** The plain shape of temporal.api.failure.v1.Failure, over either shape of a payload. */
import type { Payload, WallPayload } from './payload-shape.ts';

export interface PlainDuration {
  seconds?: number | null | undefined;
  nanos?: number | null | undefined;
}

export interface FailureShape<P = Payload> {
  message?: string | null | undefined;
  source?: string | null | undefined;
  stackTrace?: string | null | undefined;
  encodedAttributes?: P | null | undefined;
  cause?: FailureShape<P> | null | undefined;
  applicationFailureInfo?:
    | {
        type?: string | null | undefined;
        nonRetryable?: boolean | null | undefined;
        details?: { payloads?: P[] | null | undefined } | null | undefined;
        nextRetryDelay?: PlainDuration | null | undefined;
        category?: number | null | undefined;
      }
    | null
    | undefined;
  timeoutFailureInfo?:
    | {
        timeoutType?: number | null | undefined;
        lastHeartbeatDetails?: { payloads?: P[] | null | undefined } | null | undefined;
      }
    | null
    | undefined;
  canceledFailureInfo?:
    | { details?: { payloads?: P[] | null | undefined } | null | undefined; identity?: string | null | undefined }
    | null
    | undefined;
  terminatedFailureInfo?: { identity?: string | null | undefined } | null | undefined;
  serverFailureInfo?: { nonRetryable?: boolean | null | undefined } | null | undefined;
  resetWorkflowFailureInfo?:
    | { lastHeartbeatDetails?: { payloads?: P[] | null | undefined } | null | undefined }
    | null
    | undefined;
  activityFailureInfo?:
    | {
        scheduledEventId?: number | null | undefined;
        startedEventId?: number | null | undefined;
        identity?: string | null | undefined;
        activityType?: { name?: string | null | undefined } | null | undefined;
        activityId?: string | null | undefined;
        retryState?: number | null | undefined;
      }
    | null
    | undefined;
  childWorkflowExecutionFailureInfo?:
    | {
        namespace?: string | null | undefined;
        workflowExecution?:
          | { workflowId?: string | null | undefined; runId?: string | null | undefined }
          | null
          | undefined;
        workflowType?: { name?: string | null | undefined } | null | undefined;
        initiatedEventId?: number | null | undefined;
        startedEventId?: number | null | undefined;
        retryState?: number | null | undefined;
      }
    | null
    | undefined;
  nexusOperationExecutionFailureInfo?:
    | {
        scheduledEventId?: number | null | undefined;
        endpoint?: string | null | undefined;
        service?: string | null | undefined;
        operation?: string | null | undefined;
        operationId?: string | null | undefined;
        operationToken?: string | null | undefined;
      }
    | null
    | undefined;
  nexusHandlerFailureInfo?:
    | { type?: string | null | undefined; retryBehavior?: number | null | undefined }
    | null
    | undefined;
}

/** A failure as it crosses the wall of the isolate. */
export type WallFailure = FailureShape<WallPayload>;
