/** Payloads and headers of events as jobs carry them, and of intents as commands carry them. */
import { fromWallFailure, fromWallPayload, toWallPayload } from '@reprise/common';
import type { Payload, WallFailure, WallPayload } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { PriorityShape, RetryPolicyShape, WallHeaders } from '@reprise/workflow/runtime';
import { optionalSpanOfMs, positiveSpanMs } from './wall-time.ts';

export type Payloads = temporal.api.common.v1.Payloads;

export function wallPayloads(payloads: Payloads | null | undefined): WallPayload[] {
  return payloads?.payloads?.map((payload) => toWallPayload(payload)) ?? [];
}

export function firstWallPayload(payloads: Payloads | null | undefined): WallPayload | undefined {
  const first = payloads?.payloads?.[0];
  return first === undefined ? undefined : toWallPayload(first);
}

export function wallMap(fields: Record<string, Payload> | null | undefined): Record<string, WallPayload> {
  const out: Record<string, WallPayload> = {};
  for (const key in fields) {
    const payload = fields[key];
    if (payload !== undefined) out[key] = toWallPayload(payload);
  }
  return out;
}

export function wallHeaders(header: temporal.api.common.v1.Header | null | undefined): WallHeaders {
  return wallMap(header?.fields);
}

export function payloadsOf(wall: readonly WallPayload[]): Payloads {
  return { payloads: wall.map(fromWallPayload) };
}

export function optionalPayloadsOf(wall: WallPayload | undefined): Payloads | undefined {
  return wall === undefined ? undefined : payloadsOf([wall]);
}

export function payloadMapOf(wall: Record<string, WallPayload>): Record<string, Payload> {
  const out: Record<string, Payload> = {};
  for (const key in wall) {
    const payload = wall[key];
    if (payload !== undefined) out[key] = fromWallPayload(payload);
  }
  return out;
}

export function retryPolicyShape(policy: temporal.api.common.v1.RetryPolicy): RetryPolicyShape {
  const shape: RetryPolicyShape = {};
  const initialIntervalMs = positiveSpanMs(policy.initialInterval);
  const maximumIntervalMs = positiveSpanMs(policy.maximumInterval);
  if (initialIntervalMs !== undefined) shape.initialIntervalMs = initialIntervalMs;
  if (maximumIntervalMs !== undefined) shape.maximumIntervalMs = maximumIntervalMs;
  if (policy.backoffCoefficient) shape.backoffCoefficient = policy.backoffCoefficient;
  if (policy.maximumAttempts) shape.maximumAttempts = policy.maximumAttempts;
  if (policy.nonRetryableErrorTypes?.length) shape.nonRetryableErrorTypes = [...policy.nonRetryableErrorTypes];
  return shape;
}

export function retryPolicyOf(shape: RetryPolicyShape | undefined): temporal.api.common.v1.RetryPolicy | undefined {
  if (shape === undefined) return undefined;
  return {
    initialInterval: optionalSpanOfMs(shape.initialIntervalMs),
    backoffCoefficient: shape.backoffCoefficient,
    maximumInterval: optionalSpanOfMs(shape.maximumIntervalMs),
    maximumAttempts: shape.maximumAttempts,
    nonRetryableErrorTypes: shape.nonRetryableErrorTypes,
  };
}

export function priorityShape(priority: temporal.api.common.v1.Priority): PriorityShape {
  return {
    ...(priority.priorityKey ? { priorityKey: priority.priorityKey } : {}),
    ...(priority.fairnessKey ? { fairnessKey: priority.fairnessKey } : {}),
    ...(priority.fairnessWeight ? { fairnessWeight: priority.fairnessWeight } : {}),
  };
}

/** A failure in the shape of the wire; it differs from the shape that crosses the wall only in how enums are typed. */
export function wireFailure(failure: WallFailure): temporal.api.failure.v1.Failure {
  return fromWallFailure(failure) as temporal.api.failure.v1.Failure;
}
