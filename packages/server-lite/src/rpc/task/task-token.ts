/** What workers hand back to say which task they speak of. Opaque to them. */
import { invalidArgument } from '../../errors.ts';

export interface TaskToken {
  readonly namespaceId: string;
  /** Empty for an activity of its own. */
  readonly workflowId: string;
  readonly runId: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly attempt: number;
  /** Of the start; 0 for activities. */
  readonly startedTimeMs: number;
  readonly activityId: string;
}

export function writeTaskToken(token: TaskToken): Uint8Array {
  return Buffer.from(
    JSON.stringify([
      token.namespaceId,
      token.workflowId,
      token.runId,
      token.scheduledEventId,
      token.startedEventId,
      token.attempt,
      token.startedTimeMs,
      token.activityId,
    ]),
  );
}

const shape = ['string', 'string', 'string', 'number', 'number', 'number', 'number', 'string'];

/** @throws ServiceError INVALID_ARGUMENT */
export function readTaskToken(bytes: Uint8Array | null | undefined): TaskToken {
  if (!bytes?.length) throw invalidArgument('Task token not set on request.');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    parts = undefined;
  }
  const isToken =
    Array.isArray(parts) &&
    parts.length === shape.length &&
    shape.every((type, i) => typeof (parts as unknown[])[i] === type);
  if (!isToken) throw invalidArgument('Error deserializing task token.');
  const [namespaceId, workflowId, runId, scheduledEventId, startedEventId, attempt, startedTimeMs, activityId] =
    parts as [string, string, string, number, number, number, number, string];
  return { namespaceId, workflowId, runId, scheduledEventId, startedEventId, attempt, startedTimeMs, activityId };
}
