/** Nexus operations whose time is up. */
import type { TimeoutType } from '@reprise/proto';
import { nexusDeadline, nexusFailureInfo, type NexusOperation } from '../nexus.ts';
import type { Transition } from '../transition.ts';

export function nexusTimedOut(t: Transition, operation: NexusOperation, timeoutType: TimeoutType): void {
  t.record('nexusTimedOut', {
    scheduledEventId: operation.scheduledEventId,
    requestId: operation.requestId,
    failure: {
      message: 'nexus operation completed unsuccessfully',
      nexusOperationExecutionFailureInfo: nexusFailureInfo(operation),
      cause: { message: 'operation timed out', timeoutFailureInfo: { timeoutType } },
    },
  });
}

/** Returns true when one ended. */
export function timeOutNexusOperations(t: Transition): boolean {
  let ended = false;
  for (const operation of t.execution.nexusOperations.values()) {
    const deadline = nexusDeadline(operation);
    if (!deadline || deadline.dueMs > t.nowMs) continue;
    nexusTimedOut(t, operation, deadline.timeoutType);
    ended = true;
  }
  return ended;
}
