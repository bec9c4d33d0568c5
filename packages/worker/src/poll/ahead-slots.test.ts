import { expect, it } from 'vitest';
import { AheadSlots } from './ahead-slots.ts';
import type { CustomSlotSupplier } from './slot-supplier.ts';
import type { SlotInfo } from './slots.ts';
import { SuppliedSlots } from './supplied-slots.ts';

const signal = new AbortController().signal;

function slotsOf(reserveSlot: CustomSlotSupplier<SlotInfo>['reserveSlot']): { slots: AheadSlots; log: string[] } {
  const log: string[] = [];
  const supplier: CustomSlotSupplier<SlotInfo> = {
    type: 'custom',
    reserveSlot: (context, aborted) => {
      log.push(`reserve ${context.slotType}`);
      return reserveSlot(context, aborted);
    },
    tryReserveSlot: () => null,
    markSlotUsed: () => undefined,
    releaseSlot: () => {
      log.push('release');
    },
  };
  const context = {
    slotType: 'local-activity',
    taskQueue: 'q',
    workerIdentity: 'i',
    workerBuildId: 'b',
    onError: () => undefined,
  } as const;
  return { slots: new AheadSlots(new SuppliedSlots(supplier, context)), log };
}

const reserved = 'reserve local-activity';

it('has one before it is asked for, and gives it back at the end', async () => {
  const { slots, log } = slotsOf(() => Promise.resolve({}));
  slots.begin();
  await new Promise(setImmediate);
  expect([log, slots.used]).toEqual([[reserved], 0]);
  const slot = await slots.reserve(signal);
  await new Promise(setImmediate);
  expect([log, slots.used]).toEqual([[reserved, reserved], 1]);
  slot.release();
  await slots.end();
  expect([log.slice(2), slots.used]).toEqual([['release', 'release'], 0]);
});

it('hands out what is asked for at once, and after the end', async () => {
  const { slots } = slotsOf(() => Promise.resolve({}));
  slots.begin();
  await Promise.all([slots.reserve(signal), slots.reserve(signal)]);
  await slots.end();
  await slots.reserve(signal);
  expect(slots.used).toBe(3);
});

it('ends while the supplier has none to give', async () => {
  const { slots, log } = slotsOf(
    (_context, aborted) =>
      new Promise((_resolve, reject) => aborted.addEventListener('abort', () => reject(aborted.reason as Error))),
  );
  slots.begin();
  await slots.end();
  expect([log, slots.used]).toEqual([[reserved], 0]);
});
