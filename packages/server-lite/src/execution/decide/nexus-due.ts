/** Nexus operations whose time is up. */
import { TimeoutType } from '@reprise/proto';
import { nexusFailureInfo } from '../nexus.ts';
import type { Transition } from '../transition.ts';
import { durationMs } from '../wire.ts';

/** Returns true when one ended. */
export function timeOutNexusOperations(t: Transition): boolean {
  let ended = false;
  for (const operation of t.execution.nexusOperations.values()) {
    const timeoutMs = durationMs(operation.attributes.scheduleToCloseTimeout);
    if (timeoutMs === 0 || operation.scheduledTimeMs + timeoutMs > t.nowMs) continue;
    t.record('nexusTimedOut', {
      scheduledEventId: operation.scheduledEventId,
      requestId: operation.requestId,
      failure: {
        message: 'nexus operation completed unsuccessfully',
        nexusOperationExecutionFailureInfo: nexusFailureInfo(operation),
        cause: {
          message: 'operation timed out',
          timeoutFailureInfo: { timeoutType: TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE },
        },
      },
    });
    ended = true;
  }
  return ended;
}
