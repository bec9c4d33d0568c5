import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from '@reprise/workflow';
import type { Billing } from './activities.ts';

const { charge, remind } = proxyActivities<Billing>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 hour', maximumInterval: '1 day' },
});

export const cancel = defineSignal('cancel');
export const paid = defineQuery<number>('paid');
/** Answers with the price before. */
export const changePrice = defineUpdate<number, [cents: number]>('changePrice');

export interface Subscription {
  customer: string;
  cents: number;
  paid: number;
}

/** A month of trial, then a payment every 30 days, until it is cancelled. A year is one run. */
export async function subscription({ customer, ...start }: Subscription): Promise<number> {
  let { cents, paid: total } = start;
  let isCancelled = false;
  setHandler(cancel, () => void (isCancelled = true));
  setHandler(paid, () => total);
  setHandler(
    changePrice,
    (next) => {
      const before = cents;
      cents = next;
      return before;
    },
    {
      validator(next) {
        if (next <= 0) throw new Error('A price must be positive');
      },
    },
  );
  for (let month = 0; month < 12; month++) {
    if (await condition(() => isCancelled, '30 days')) return total;
    await charge(customer, cents);
    total += cents;
  }
  return await continueAsNew<typeof subscription>({ customer, cents, paid: total });
}

/** Started by a schedule, once a week. */
export async function weeklyReminder(customers: string[]): Promise<number> {
  for (const customer of customers) {
    await remind(customer);
    await sleep('1 hour');
  }
  return customers.length;
}
