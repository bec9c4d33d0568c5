import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  upsertMemo,
} from '@reprise/workflow';
import { MAX_LINES } from './pacing/limits.ts';

const { price, reserve, remind, order } = proxyActivities<{
  price(sku: string): Promise<number>;
  reserve(sku: string, count: number): Promise<string>;
  remind(cart: string, times: number): Promise<void>;
  order(cart: string, lines: number, total: number): Promise<string>;
}>({ startToCloseTimeout: '10 seconds' });

export const addLine = defineUpdate<number, [sku: string, count: number]>('addLine');
export const checkout = defineSignal('checkout');
export const coupon = defineSignal<[percent: number]>('coupon');
export const total = defineQuery<number>('total');

interface Line {
  sku: string;
  cents: number;
}

/** A cart that is filled by updates, reminds of itself twice, and is ordered or forgotten. */
export async function cart(id: string): Promise<string> {
  const lines: Line[] = [];
  let percent = 0;
  let isOrdered = false;
  const sum = (): number => (lines.reduce((cents, line) => cents + line.cents, 0) * (100 - percent)) / 100;

  setHandler(
    addLine,
    async (sku, count) => {
      const cents = await price(sku);
      await reserve(sku, count);
      lines.push({ sku, cents: cents * count });
      return sum();
    },
    {
      validator: (sku, count) => {
        if (sku === '') throw new Error('no sku');
        if (count < 1) throw new Error('no count');
        if (lines.length >= MAX_LINES) throw new Error('full');
      },
    },
  );
  setHandler(coupon, (value) => {
    percent = value;
  });
  setHandler(checkout, () => {
    isOrdered = true;
  });
  setHandler(total, sum);

  for (let times = 1; times <= 2 && !isOrdered; times++) {
    if (await condition(() => isOrdered, '1 hour')) break;
    await remind(id, times);
  }
  if (!isOrdered && !(await condition(() => isOrdered, '1 day'))) {
    throw ApplicationFailure.create({ message: 'forgotten', type: 'Forgotten', nonRetryable: true });
  }
  await condition(allHandlersFinished);
  upsertMemo({ lines: lines.length });
  return await order(id, lines.length, sum());
}
