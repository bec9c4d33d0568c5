import type { RunRef } from '../../execution/run-ref.ts';

/** What Nexus operations and completion callbacks of executions need done. */
export interface NexusWork {
  startOperation(run: RunRef, scheduledEventId: number): Promise<void>;
  cancelOperation(run: RunRef, scheduledEventId: number): Promise<void>;
  deliverCallback(run: RunRef, callbackId: string): Promise<void>;
}
