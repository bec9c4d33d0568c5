import type { RunRef } from '../execution/run-ref.ts';
import type { NexusWork } from './nexus-work.ts';

/** Carries Nexus operations of workflows to the workers behind their endpoints. */
export class NexusOperations implements NexusWork {
  async startOperation(_run: RunRef, _scheduledEventId: number): Promise<void> {}
  async cancelOperation(_run: RunRef, _scheduledEventId: number): Promise<void> {}
  async deliverCallback(_run: RunRef, _callbackId: string): Promise<void> {}
}
