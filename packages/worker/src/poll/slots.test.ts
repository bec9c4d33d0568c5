import { expect, test } from 'vitest';
import { FixedSlots } from './fixed-slots.ts';
import { AutoscalingPollers } from './poller-count.ts';
import { slotsOf } from './tuner.ts';

const never = new AbortController().signal;

test('slots are handed out in the order in which they were asked for', async () => {
  const slots = new FixedSlots(1);
  const first = await slots.reserve(never);
  expect(slots.tryReserve()).toBeUndefined();
  const order: string[] = [];
  const second = slots.reserve(never).then((slot) => {
    order.push('second');
    slot.release();
  });
  const third = slots.reserve(never).then(() => order.push('third'));
  first.release();
  first.release();
  await Promise.all([second, third]);
  expect(order).toEqual(['second', 'third']);
  expect(slots.used).toBe(1);
});

test('waiting for a slot can be given up', async () => {
  const slots = new FixedSlots(1);
  const first = await slots.reserve(never);
  const waiting = new AbortController();
  const given = slots.reserve(waiting.signal);
  waiting.abort(new Error('no more'));
  await expect(given).rejects.toThrow('no more');
  first.release();
  expect(slots.used).toBe(0);
});

test('a supplier hands out slots and hears of their use and end', async () => {
  const heard: unknown[] = [];
  const custom = {
    type: 'custom' as const,
    reserveSlot: () => Promise.resolve({ permit: 1 }),
    tryReserveSlot: () => null,
    markSlotUsed: (context: object) => heard.push(context),
    releaseSlot: (context: object) => heard.push(context),
  };
  const fixed = { type: 'fixed-size' as const, numSlots: 1 };
  const slots = slotsOf(
    {
      workflowTaskSlotSupplier: fixed,
      activityTaskSlotSupplier: custom,
      localActivityTaskSlotSupplier: fixed,
      nexusTaskSlotSupplier: fixed,
    },
    { taskQueue: 'q', workerIdentity: 'me', workerBuildId: 'b', onError: () => undefined },
  );
  const slot = await slots.activity.reserve(never);
  const slotInfo = { type: 'activity', activityType: 'charge' } as const;
  slot.markUsed(slotInfo);
  slot.release();
  expect(slots.activity.tryReserve()).toBeUndefined();
  expect(heard).toEqual([
    { slotInfo, permit: { permit: 1 } },
    { slotInfo, permit: { permit: 1 } },
  ]);
});

test('the number of polls follows what the server suggests, within its limits', () => {
  const pollers = new AutoscalingPollers({ minimum: 1, maximum: 10, initial: 5 });
  pollers.onPoll({ isEmpty: true, suggestedChange: undefined });
  expect(pollers.target).toBe(5);
  pollers.onPoll({ isEmpty: false, suggestedChange: 3 });
  expect(pollers.target).toBe(8);
  pollers.onPoll({ isEmpty: false, suggestedChange: 20 });
  expect(pollers.target).toBe(10);
  pollers.onPoll({ isEmpty: true, suggestedChange: undefined });
  expect(pollers.target).toBe(9);
  pollers.onError(new Error('down'));
  expect(pollers.target).toBe(8);
});
