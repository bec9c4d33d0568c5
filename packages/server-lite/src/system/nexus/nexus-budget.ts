/** How long one request to a Nexus handler may take. */
import { TimeoutType } from '@reprise/proto';
import type { NexusOperation } from '../../execution/nexus.ts';
import { durationMs } from '../../execution/wire.ts';

const requestTimeoutMs = 10_000;
const leastTimeoutMs = 1500;
/** Left to say that nobody has answered, while whoever asks still waits. */
const answerMs = 1000;

export interface NexusBudget {
  /** What is left for a handler to take the request and to answer it. */
  readonly timeoutMs: number;
  /** The timeout of the operation that would pass before a request is worth making. */
  readonly tooLateFor: TimeoutType | undefined;
}

const { TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, TIMEOUT_TYPE_SCHEDULE_TO_START, TIMEOUT_TYPE_START_TO_CLOSE } = TimeoutType;

export function nexusBudget(operation: NexusOperation, purpose: 'start' | 'cancel', nowMs: number): NexusBudget {
  const { attributes, scheduledTimeMs, startedTimeMs } = operation;
  const toClose = durationMs(attributes.scheduleToCloseTimeout);
  const toStart = durationMs(attributes.scheduleToStartTimeout);
  const startToClose = durationMs(attributes.startToCloseTimeout);
  let callMs = requestTimeoutMs;
  let type: TimeoutType = TimeoutType.TIMEOUT_TYPE_UNSPECIFIED;
  const within = (timeoutMs: number, sinceMs: number, timeoutType: TimeoutType): void => {
    if (timeoutMs <= 0) return;
    callMs = Math.min(callMs, sinceMs + timeoutMs - nowMs);
    type = timeoutType;
  };
  if (purpose === 'cancel') within(startToClose, startedTimeMs ?? nowMs, TIMEOUT_TYPE_START_TO_CLOSE);
  // The time until the start is never longer than the whole, so it alone counts.
  if (purpose === 'start' && toStart > 0) within(toStart, scheduledTimeMs, TIMEOUT_TYPE_SCHEDULE_TO_START);
  else within(toClose, scheduledTimeMs, TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);
  return { timeoutMs: callMs - answerMs, tooLateFor: callMs < leastTimeoutMs ? type : undefined };
}

/** What the handler is told that the operation may take, in ms; undefined when nothing limits it. */
export function operationTimeoutMs(operation: NexusOperation, nowMs: number): number | undefined {
  const { attributes, scheduledTimeMs } = operation;
  const toClose = durationMs(attributes.scheduleToCloseTimeout);
  const startToClose = durationMs(attributes.startToCloseTimeout);
  const limits = [
    ...(startToClose > 0 ? [startToClose] : []),
    ...(toClose > 0 ? [scheduledTimeMs + toClose - nowMs] : []),
  ];
  return limits.length > 0 ? Math.min(...limits) : undefined;
}
