/** What a slot supplier of the user's own looks like. */
import type { WorkerDeploymentVersion } from '@reprise/common';
import type { SlotInfo, SlotType } from './slots.ts';

/** Whatever a supplier wants to find again when the slot is released. */
export type SlotPermit = object;

export interface SlotReserveContext {
  slotType: SlotType;
  taskQueue: string;
  workerIdentity: string;
  workerBuildId: string;
  /** Undefined for a worker that belongs to no deployment. */
  workerDeploymentVersion?: WorkerDeploymentVersion;
  /** Whether the slot is for polls of runs that this worker has cached. */
  isSticky: boolean;
}
export interface SlotMarkUsedContext<Info extends SlotInfo> {
  slotInfo: Info;
  permit: SlotPermit;
}
export interface SlotReleaseContext<Info extends SlotInfo> {
  /** Absent when no task took the slot. */
  slotInfo?: Info;
  permit: SlotPermit;
}

/** A supplier of the user's own. */
export interface CustomSlotSupplier<Info extends SlotInfo> {
  type: 'custom';
  /** Resolves when a slot is to be had; to be given up when `abortSignal` aborts. */
  reserveSlot(context: SlotReserveContext, abortSignal: AbortSignal): Promise<SlotPermit>;
  /** A slot if one is to be had now, null otherwise. */
  tryReserveSlot(context: SlotReserveContext): SlotPermit | null;
  markSlotUsed(context: SlotMarkUsedContext<Info>): void;
  releaseSlot(context: SlotReleaseContext<Info>): void;
}
