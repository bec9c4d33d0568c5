/** How many tasks of each kind a worker takes: in fixed numbers, by what the machine has, or as a supplier decides. */
import { msToNumber, type Duration } from '@reprise/common';
import { AheadSlots } from './ahead-slots.ts';
import { FixedSlots } from './fixed-slots.ts';
import { ResourceSlots } from './resource-slots.ts';
import { ResourceUsage, type ResourceTargets } from './resource-usage.ts';
import type {
  ActivitySlotInfo,
  LocalActivitySlotInfo,
  NexusSlotInfo,
  SlotInfo,
  Slots,
  SlotType,
  WorkflowSlotInfo,
} from './slots.ts';
import type { ResourceBasedController } from './resource-controller.ts';
import type { CustomSlotSupplier } from './slot-supplier.ts';
import { SuppliedSlots, type SupplierContext } from './supplied-slots.ts';

export interface FixedSizeSlotSupplier<Info extends SlotInfo = SlotInfo> {
  type: 'fixed-size';
  numSlots: number;
  /** Only there to tell suppliers of different kinds apart. */
  readonly slotInfo?: Info;
}

export interface ResourceBasedTunerOptions extends ResourceTargets {}

export interface ResourceBasedSlotOptions {
  /** Default 2 for workflow tasks, 1 for others. */
  minimumSlots?: number;
  /** Default 1000 for workflow tasks, 2000 for others. */
  maximumSlots?: number;
  /** Default 10 ms for workflow tasks, 50 ms for others. */
  rampThrottle?: Duration;
}

/** What slots go by: targets of their own, or a controller that others share. */
export type ResourceBasedTunerConfig =
  | { tunerOptions: ResourceBasedTunerOptions; controller?: never }
  | { controller: ResourceBasedController; tunerOptions?: never };

export type ResourceBasedSlotsForType<Info extends SlotInfo = SlotInfo> = ResourceBasedSlotOptions &
  ResourceBasedTunerConfig & {
    type: 'resource-based';
    readonly slotInfo?: Info;
  };

export type SlotSupplier<Info extends SlotInfo> =
  | FixedSizeSlotSupplier<Info>
  | ResourceBasedSlotsForType<Info>
  | CustomSlotSupplier<Info>;

export interface TunerHolder {
  workflowTaskSlotSupplier: SlotSupplier<WorkflowSlotInfo>;
  activityTaskSlotSupplier: SlotSupplier<ActivitySlotInfo>;
  localActivityTaskSlotSupplier: SlotSupplier<LocalActivitySlotInfo>;
  nexusTaskSlotSupplier: SlotSupplier<NexusSlotInfo>;
}

interface ResourceBasedTunerSlots {
  workflowTaskSlotOptions?: ResourceBasedSlotOptions;
  activityTaskSlotOptions?: ResourceBasedSlotOptions;
  localActivityTaskSlotOptions?: ResourceBasedSlotOptions;
  nexusTaskSlotOptions?: ResourceBasedSlotOptions;
}

export interface ResourceBasedTuner extends ResourceBasedTunerSlots {
  tunerOptions: ResourceBasedTunerOptions;
  controller?: never;
}

/** A tuner that shares what it looks after with those of other workers. */
export interface ResourceBasedTunerWithController extends ResourceBasedTunerSlots {
  controller: ResourceBasedController;
  tunerOptions?: never;
}

export type WorkerTuner = ResourceBasedTuner | ResourceBasedTunerWithController | TunerHolder;

export interface WorkerSlots {
  readonly workflow: Slots;
  readonly activity: Slots;
  readonly localActivity: Slots;
  readonly nexus: Slots;
}

type AnySupplier = FixedSizeSlotSupplier | ResourceBasedSlotsForType | CustomSlotSupplier<SlotInfo>;

/** The slots of a worker whose tuner is `tuner`. */
export function slotsOf(tuner: WorkerTuner, context: Omit<SupplierContext, 'slotType'>): WorkerSlots {
  const holder = 'tunerOptions' in tuner || 'controller' in tuner ? resourceHolder(tuner) : tuner;
  const usages = new Map<string, ResourceUsage>();
  const make = (slotType: SlotType, supplier: AnySupplier): Slots =>
    slotsFrom(supplier, { ...context, slotType }, usages);
  const localActivity = make('local-activity', holder.localActivityTaskSlotSupplier);
  return {
    workflow: make('workflow', holder.workflowTaskSlotSupplier),
    activity: make('activity', holder.activityTaskSlotSupplier),
    localActivity: localActivity instanceof SuppliedSlots ? new AheadSlots(localActivity) : localActivity,
    nexus: make('nexus', holder.nexusTaskSlotSupplier),
  };
}

function resourceHolder(tuner: ResourceBasedTuner | ResourceBasedTunerWithController): TunerHolder {
  const { tunerOptions, controller } = tuner;
  const by = controller === undefined ? { tunerOptions } : { controller };
  return {
    workflowTaskSlotSupplier: { type: 'resource-based', ...by, ...tuner.workflowTaskSlotOptions },
    activityTaskSlotSupplier: { type: 'resource-based', ...by, ...tuner.activityTaskSlotOptions },
    localActivityTaskSlotSupplier: { type: 'resource-based', ...by, ...tuner.localActivityTaskSlotOptions },
    nexusTaskSlotSupplier: { type: 'resource-based', ...by, ...tuner.nexusTaskSlotOptions },
  };
}

function slotsFrom(supplier: AnySupplier, context: SupplierContext, usages: Map<string, ResourceUsage>): Slots {
  switch (supplier.type) {
    case 'fixed-size':
      return new FixedSlots(supplier.numSlots);
    case 'custom':
      return new SuppliedSlots(supplier, context);
    case 'resource-based': {
      const isWorkflow = context.slotType === 'workflow';
      const usage = usageOf(supplier, usages);
      return new ResourceSlots({
        minimum: supplier.minimumSlots ?? (isWorkflow ? 2 : 1),
        maximum: supplier.maximumSlots ?? (isWorkflow ? 1000 : 2000),
        rampThrottleMs: msToNumber(supplier.rampThrottle ?? (isWorkflow ? 10 : 50)),
        usage,
      });
    }
  }
}

function usageOf(
  { controller, tunerOptions }: ResourceBasedTunerConfig,
  usages: Map<string, ResourceUsage>,
): ResourceUsage {
  if (controller !== undefined) return controller.usage;
  const key = JSON.stringify(tunerOptions);
  const usage = usages.get(key) ?? new ResourceUsage(tunerOptions);
  usages.set(key, usage);
  return usage;
}
