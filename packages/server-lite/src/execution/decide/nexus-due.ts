/** Nexus operations whose time is up. */
import { nexusDeadline, nexusFailureInfo } from '../nexus.ts';
import type { Transition } from '../transition.ts';

/** Returns true when one ended. */
export function timeOutNexusOperations(t: Transition): boolean {
  let ended = false;
  for (const operation of t.execution.nexusOperations.values()) {
    const deadline = nexusDeadline(operation);
    if (!deadline || deadline.dueMs > t.nowMs) continue;
    t.record('nexusTimedOut', {
      scheduledEventId: operation.scheduledEventId,
      requestId: operation.requestId,
      failure: {
        message: 'nexus operation completed unsuccessfully',
        nexusOperationExecutionFailureInfo: nexusFailureInfo(operation),
        cause: {
          message: 'operation timed out',
          timeoutFailureInfo: { timeoutType: deadline.timeoutType },
        },
      },
    });
    ended = true;
  }
  return ended;
}
