/** How many tasks of one kind may be under way: a slot is taken before a poll, and given back when its task is done. */
export interface Slots {
  /** Resolves when a slot is free; rejects with the signal's reason when it aborts first. */
  reserve(signal: AbortSignal, isSticky?: boolean): Promise<Slot>;
  /** A slot if one is free now. */
  tryReserve(): Slot | undefined;
  /** Slots that are taken, for polls or tasks. */
  readonly used: number;
  /** How many there are in all; undefined when that is not known. */
  readonly total: number | undefined;
  /** How heartbeats call what hands them out: `Fixed`, `ResourceBased`, or a name of its own. */
  readonly supplierKind: string;
}

export interface Slot {
  /** Says what task took the slot. */
  markUsed(info: SlotInfo): void;
  /** Gives the slot back; later calls do nothing. */
  release(): void;
}

export type SlotType = 'workflow' | 'activity' | 'local-activity' | 'nexus';

export interface WorkflowSlotInfo {
  type: 'workflow';
  workflowType: string;
  isSticky: boolean;
}
export interface ActivitySlotInfo {
  type: 'activity';
  activityType: string;
}
export interface LocalActivitySlotInfo {
  type: 'local-activity';
  activityType: string;
}
export interface NexusSlotInfo {
  type: 'nexus';
  service: string;
  operation: string;
}
/** What a slot is used for. */
export type SlotInfo = WorkflowSlotInfo | ActivitySlotInfo | LocalActivitySlotInfo | NexusSlotInfo;
