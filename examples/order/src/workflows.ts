import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from '@reprise/workflow';
import type { Activities } from './activities.ts';
import type { Order, OrderStatus, Receipt } from './order.ts';

const { reserveStock, charge, ship, refund, releaseStock } = proxyActivities<Activities>({
  startToCloseTimeout: '2 seconds',
  retry: { initialInterval: '200 ms', maximumInterval: '1 second' },
});

export const approve = defineSignal<[approver: string]>('approve');
export const status = defineQuery<OrderStatus>('status');
/** Answers with the address before. */
export const changeAddress = defineUpdate<string, [address: string]>('changeAddress');

export async function order({ orderId, article, quantity, amountCents, ...rest }: Order): Promise<Receipt> {
  let current: OrderStatus = 'reserving';
  let address = rest.address;
  let approvedBy: string | undefined;

  setHandler(approve, (approver) => {
    approvedBy = approver;
  });
  setHandler(status, () => current);
  setHandler(
    changeAddress,
    (next) => {
      const before = address;
      address = next;
      return before;
    },
    {
      validator(next) {
        if (next.trim() === '') throw new Error('An address must not be empty');
        if (current === 'shipping' || current === 'shipped') throw new Error(`Too late: the order is ${current}`);
      },
    },
  );

  const undo: (() => Promise<void>)[] = [];
  try {
    const reservationId = await reserveStock(orderId, article, quantity);
    undo.unshift(() => releaseStock(orderId, reservationId));

    current = 'waiting for approval';
    await condition(() => approvedBy !== undefined, '1 minute');
    if (approvedBy === undefined) throw ApplicationFailure.nonRetryable('Nobody approved the order', 'NotApproved');

    current = 'charging';
    const paymentId = await charge(orderId, amountCents);
    undo.unshift(() => refund(orderId, paymentId));

    current = 'packing';
    await sleep('1 second');

    current = 'shipping';
    const trackingId = await ship(orderId, address);
    current = 'shipped';
    return { orderId, approvedBy, paymentId, trackingId, address };
  } catch (error) {
    current = 'undoing';
    await CancellationScope.nonCancellable(async () => {
      for (const step of undo) await step();
    });
    current = 'undone';
    throw error;
  }
}
