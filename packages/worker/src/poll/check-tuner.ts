import { checkOption, checkSpelling, describeOption } from '@reprise/common';
import { ResourceBasedController } from './resource-controller.ts';
import type { WorkerTuner } from './tuner.ts';

const suppliers = [
  'workflowTaskSlotSupplier',
  'activityTaskSlotSupplier',
  'localActivityTaskSlotSupplier',
  'nexusTaskSlotSupplier',
] as const;

const slotOptions = [
  'workflowTaskSlotOptions',
  'activityTaskSlotOptions',
  'localActivityTaskSlotOptions',
  'nexusTaskSlotOptions',
] as const;

const known: Readonly<Record<string, true>> = Object.fromEntries(
  [...suppliers, ...slotOptions, 'tunerOptions', 'controller'].map((name) => [name, true]),
);
const knownOfSlots = { minimumSlots: true, maximumSlots: true, rampThrottle: true } as const;
const knownOfSupplier = { type: true, numSlots: true, tunerOptions: true, controller: true, ...knownOfSlots } as const;

/** Throws TypeError for a tuner that is none, naming the part of it that is wrong. */
export function checkTuner(tuner: WorkerTuner): void {
  const where = 'WorkerOptions.tuner';
  checkOption(where, tuner, 'object');
  checkSpelling(where, tuner, known);
  for (const name of slotOptions) checkSlotOptions(`${where}.${name}`, tuner[name as keyof WorkerTuner]);
  if ('controller' in tuner || 'tunerOptions' in tuner) {
    checkResources(where, tuner);
    return;
  }
  const holder = tuner as unknown as Record<(typeof suppliers)[number], unknown>;
  if (suppliers.every((name) => holder[name] === undefined)) throw new TypeError('Invalid worker tuner configuration');
  for (const name of suppliers) checkSupplier(`${where}.${name}`, holder[name]);
  // All slots draw on the same machine, so that two opinions of how full it may be make no sense.
  const targets = suppliers.flatMap((name) => targetsOf(holder[name]));
  if (new Set(targets).size > 1)
    throw new TypeError('Cannot construct worker tuner with multiple different resource-based tuner configurations');
}

/** What a supplier makes of the machine's resources, to be compared. */
function targetsOf(supplier: unknown): unknown[] {
  const { type, controller, tunerOptions } = supplier as {
    type?: unknown;
    controller?: unknown;
    tunerOptions?: { targetMemoryUsage?: number; targetCpuUsage?: number };
  };
  if (type !== 'resource-based') return [];
  return [controller ?? `${tunerOptions?.targetMemoryUsage}/${tunerOptions?.targetCpuUsage}`];
}

function checkResources(
  where: string,
  { controller, tunerOptions }: { controller?: unknown; tunerOptions?: unknown },
): void {
  if ((controller === undefined) === (tunerOptions === undefined))
    throw new TypeError('Resource-based tuner must specify exactly one of controller or tunerOptions');
  if (controller === undefined) checkTargets(`${where}.tunerOptions`, tunerOptions);
  else if (!(controller instanceof ResourceBasedController))
    throw new TypeError('Resource-based tuner controller must be a ResourceBasedController');
}

function checkTargets(where: string, targets: unknown): void {
  checkOption(where, targets, 'object');
  const given = targets as Record<string, unknown>;
  for (const name of ['targetMemoryUsage', 'targetCpuUsage']) {
    const target = given[name];
    if (typeof target === 'number' && target > 0 && target <= 1) continue;
    throw new TypeError(`${where}.${name} must be above 0 and at most 1, got ${describeOption(target)}`);
  }
}

function checkSlotOptions(where: string, given: unknown): void {
  if (given === undefined) return;
  checkOption(where, given, 'object');
  checkSpelling(where, given as object, knownOfSlots);
}

function checkSupplier(where: string, given: unknown): void {
  checkOption(where, given, 'object');
  if ((given as { type?: unknown }).type !== 'custom') checkSpelling(where, given as object, knownOfSupplier);
  const supplier = given as { type?: unknown; numSlots?: unknown; tunerOptions?: unknown; controller?: unknown };
  switch (supplier.type) {
    case 'fixed-size':
      if (Number.isInteger(supplier.numSlots) && (supplier.numSlots as number) > 0) return;
      throw new TypeError(`${where}.numSlots must be a positive integer, got ${describeOption(supplier.numSlots)}`);
    case 'resource-based':
      checkResources(where, supplier);
      return;
    case 'custom':
      for (const name of ['reserveSlot', 'tryReserveSlot', 'markSlotUsed', 'releaseSlot'])
        checkOption(`${where}.${name}`, (given as Record<string, unknown>)[name], 'function');
      return;
    default: {
      const known = "'fixed-size', 'resource-based' or 'custom'";
      throw new TypeError(`${where}.type must be ${known}, got ${describeOption(supplier.type)}`);
    }
  }
}
