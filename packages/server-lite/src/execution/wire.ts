/** Short names for the wire's types that the server keeps as they are. */
import type { google, temporal } from '@reprise/proto';

export type Timestamp = google.protobuf.Timestamp;
export type Duration = google.protobuf.Duration;
export type HistoryEvent = temporal.api.history.v1.HistoryEvent;
export type Payload = temporal.api.common.v1.Payload;
export type Payloads = temporal.api.common.v1.Payloads;
export type Failure = temporal.api.failure.v1.Failure;
export type RetryPolicy = temporal.api.common.v1.RetryPolicy;
export type WorkflowExecution = temporal.api.common.v1.WorkflowExecution;
export type Link = temporal.api.common.v1.Link;
export type Priority = temporal.api.common.v1.Priority;
export type UserMetadata = temporal.api.sdk.v1.UserMetadata;
export type Command = temporal.api.command.v1.Command;
export type TaskQueue = temporal.api.taskqueue.v1.TaskQueue;
export type StartedAttributes = temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
export type ActivityScheduledAttributes = temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
export type ChildInitiatedAttributes = temporal.api.history.v1.StartChildWorkflowExecutionInitiatedEventAttributes;
export type SignalInitiatedAttributes = temporal.api.history.v1.SignalExternalWorkflowExecutionInitiatedEventAttributes;
export type CancelInitiatedAttributes =
  temporal.api.history.v1.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
export type UpdateRequest = temporal.api.update.v1.Request;
export type UpdateOutcome = temporal.api.update.v1.Outcome;

export function timestamp(ms: number): Timestamp {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 };
}

export function timestampMs(time: Timestamp | null | undefined): number {
  return time ? (time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1_000_000) : 0;
}

export function duration(ms: number): Duration {
  const seconds = Math.trunc(ms / 1000);
  const nanos = Math.round((ms - seconds * 1000) * 1_000_000);
  return { seconds, nanos };
}

/** Milliseconds, with a fraction when the duration has one; 0 when absent. */
export function durationMs(value: Duration | null | undefined): number {
  return value ? (value.seconds ?? 0) * 1000 + (value.nanos ?? 0) / 1_000_000 : 0;
}
